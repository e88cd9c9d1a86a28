import { expect, test } from "vitest";
import { inverse, tally } from "./fans";

const fan = (id: string, added: string[], removed: string[] = []) => ({ id, outcome: added.length + removed.length ? ("changed" as const) : ("unchanged" as const), added, removed });

test("taking back touches only those who changed, and only what changed", () => {
  const done = [fan("a", ["VIP"]), fan("b", []), fan("c", ["VIP"]), fan("d", ["VIP"], ["new"])];
  expect(inverse(done)).toEqual([
    { fan_ids: ["a", "c"], add: [], remove: ["VIP"] },
    { fan_ids: ["d"], add: ["new"], remove: ["VIP"] },
  ]);
  expect(tally(done)).toEqual({ changed: 3, refused: 0 });
});
