import { expect, it } from "vitest";
import { asNow } from "./members";

it("a member gets back the bots that a higher role made forget", () => {
  expect(asNow({ role: "chatter", bots: ["bot_a"] })).toEqual({ role: "chatter", bots: ["bot_a"] });
  expect(asNow({ role: "chatter", bots: [] })).toEqual({ role: "chatter", bots: [] });
  expect(asNow({ role: "manager", bots: null })).toEqual({ role: "manager" });
});
