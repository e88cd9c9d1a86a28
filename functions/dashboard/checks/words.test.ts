// Every act of the log and every right has words in each language.
import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { RARE } from "../src/i18n/rare";

/** What the service names so, in the order of its source. */
const named = (file: string, pattern: RegExp): RegExpMatchArray[] => [...readFileSync(new URL(`../../../shared/domain/src/${file}`, import.meta.url), "utf8").matchAll(pattern)];

it("every act has words", () => {
  const acts = named("audit.rs", /^ +[A-Z]\w+ => "([a-z_]+\.[a-z_]+)";$/gm).map((found) => `act.${found[1]}`);
  expect(acts.length).toBeGreaterThan(50);
  expect(acts.filter((key) => !(key in RARE.en && key in RARE.de))).toEqual([]);
});
it("every right has words, in English those of the API", () => {
  const rights = named("role.rs", /^ +[A-Z]\w+ => "([a-z_]+)", [A-Z]\w+, "(.+)";$/gm).map((found) => [`right.${found[1]}`, found[2]]);
  expect(rights.length).toBeGreaterThan(10);
  expect(Object.fromEntries(rights)).toEqual(Object.fromEntries(Object.entries(RARE.en).filter(([key]) => key.startsWith("right."))));
});
