import { expect, it } from "vitest";
import { act, acts, moment, named } from "./audit";

const names = {
  me: { id: "usr_me", name: "Mira Vale" },
  members: [{ user_id: "usr_uma", name: "Uma Reed" }],
  bots: [{ id: "bot_a", username: "mira_vale_bot" }],
};

it("people and bots are named, and whoever has left is not", () => {
  expect(["usr_me", "usr_uma", "usr_gone", "bot_a", "bot_gone", "system"].map((id) => named(id, names).text)).toEqual(["Mira Vale", "Uma Reed", "Former member", "@mira_vale_bot", "Bot", "The service itself"]);
});
it("what can be opened leads there", () => {
  expect(named("cnv_1", names)).toEqual({ text: "Conversation", href: "/inbox/cnv_1" });
  expect(named("fan_1", names)).toEqual({ text: "Fan", href: "/fans/fan_1" });
  expect(named("ses_1", names)).toEqual({ text: "Session" });
  expect(named("dpa:2026-11-28", names)).toEqual({ text: "Data processing agreement, 2026-11-28" });
  expect(named("something", names)).toEqual({ text: "something" });
});
it("acts have words; one that this page does not know is shown as it is", () => {
  expect(act("note.delete")).toBe("Private note deleted");
  expect(act("moon.land")).toBe("moon.land");
  expect(acts().map(([code]) => code)).toContain("member.change");
});
it("a day is all of it where the reader is, and a moment stays one", () => {
  const [begin, end] = [moment("2026-11-28", false), moment("2026-11-28", true)];
  expect(new Date(begin)).toEqual(new Date(2026, 10, 28));
  expect(Date.parse(end)).toBe(new Date(2026, 10, 29).getTime() - 1);
  expect(moment("2099-01-01T00:00:00Z", false)).toBe("2099-01-01T00:00:00Z");
});
