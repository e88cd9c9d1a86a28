import { expect, it } from "vitest";
import { asNow, mayWhat } from "./members";
import { preferences } from "./preferences.svelte";

it("a member gets back the bots that a higher role made forget", () => {
  expect(asNow({ role: "chatter", bots: ["bot_a"] })).toEqual({ role: "chatter", bots: ["bot_a"] });
  expect(asNow({ role: "chatter", bots: [] })).toEqual({ role: "chatter", bots: [] });
  expect(asNow({ role: "manager", bots: null })).toEqual({ role: "manager" });
});
it("a right is told in the reader's words, and one that is new in those of the API", () => {
  preferences.language = "de";
  expect(mayWhat({ right: "manage_bots", allows: "Connect bots" })).toBe("Bots verbinden, reparieren und trennen");
  expect(mayWhat({ right: "land_on_moon", allows: "Land on the moon" })).toBe("Land on the moon");
  preferences.language = "en";
});
