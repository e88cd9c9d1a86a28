import { expect, it } from "vitest";
import { standing, type Look } from "./bots";

const look = (...states: Look["checks"][number]["state"][]): Look => ({ checked_at: "2026-11-01T10:00:00Z", checks: states.map((state) => ({ state })) as Look["checks"] });

it("calls a bot connected until a look finds a problem", () => {
  expect(standing({ state: "connected" })).toEqual({ state: "connected", colour: "good" });
  expect(standing({ state: "connected" }, look("green", "green"))).toEqual({ state: "connected", colour: "good" });
  expect(standing({ state: "connected" }, look("green", "red"))).toEqual({ state: "problem", colour: "bad" });
});

it("takes an answer that did not come for no problem of the bot", () => {
  expect(standing({ state: "connected" }, look("unknown", "green")).state).toBe("connected");
});

it("says what is known of a bot that is not connected, whatever a look has found", () => {
  expect(standing({ state: "token_dead" }, look("red"))).toEqual({ state: "token_dead", colour: "bad" });
  expect(standing({ state: "stopped" }, look("red"))).toEqual({ state: "stopped", colour: "" });
});
