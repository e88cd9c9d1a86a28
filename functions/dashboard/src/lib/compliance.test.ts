import { expect, it } from "vitest";
import { COMPLIANCE } from "../i18n/compliance";
import { GROUNDS, LAWS, STANDINGS, due, mayAcknowledge, mayExtend, ordered, place, replaced, sought, standing, toldAt, usesUp, type Case } from "./compliance";

const NOW = Date.parse("2026-12-01T00:00:00Z");
const request = (more: Partial<Case>): Case => ({ id: "prq_1", workspace_id: "ten_1", law: "gdpr", opened_by: "stf_1", received_at: "2026-11-20T00:00:00Z", due_at: "2026-12-20T00:00:00Z", state: "open", deputy: false, ...more });

it("a clock is open, runs out, is over, and a longer time that was said counts instead", () => {
  const at = (due_at: string, more: Partial<Case> = {}): string => standing(request({ due_at, ...more }), NOW);
  expect(at("2026-12-20T00:00:00Z")).toBe("open");
  expect(at("2026-12-05T00:00:00Z")).toBe("soon");
  expect(at("2026-11-30T00:00:00Z")).toBe("overdue");
  expect(at("2026-11-30T00:00:00Z", { extended_to: "2027-01-30T00:00:00Z" })).toBe("extended");
  expect(at("2026-10-01T00:00:00Z", { extended_to: "2026-11-30T00:00:00Z" })).toBe("overdue");
  expect(at("2026-11-30T00:00:00Z", { state: "refused" })).toBe("refused");
  expect(due(request({ extended_to: "2027-01-30T00:00:00Z" }))).toBe("2027-01-30T00:00:00Z");
});

it("what is to be decided stands first, the most urgent at the top", () => {
  const all = [request({ id: "new", due_at: "2026-12-20T00:00:00Z" }), request({ id: "done", state: "approved" }), request({ id: "old", due_at: "2026-12-02T00:00:00Z" })];
  expect(ordered(all).map((one) => one.id)).toEqual(["old", "new", "done"]);
});

it("a request that was decided takes its own place, in the list of its workspace only", () => {
  const all = [request({ id: "prq_1" }), request({ id: "prq_2" })];
  const decided = request({ id: "prq_1", state: "approved" });
  expect(replaced(all, decided, "ten_1").map((one) => [one.id, one.state])).toEqual([["prq_2", "open"], ["prq_1", "approved"]]);
  expect(replaced(all, { ...decided, workspace_id: "ten_2" }, "ten_1")).toBe(all);
});

it("what may have been written down is sent again under its own key, whatever was refused meanwhile", () => {
  for (const code of ["offline", "http_502", "invalid_input", "passkey_required", "rate_limited", "request_in_progress"]) expect(usesUp({ code }), code).toBe(false);
  expect(usesUp({ code: "idempotency_key_reused" })).toBe(true);
});

it("that whoever asked was told is written down once, and not after a refusal", () => {
  expect(mayAcknowledge(request({}))).toBe(true);
  expect(mayAcknowledge(request({ state: "approved" }))).toBe(true);
  for (const more of [{ acknowledged_at: "2026-11-21T00:00:00Z" }, { state: "refused" }, { state: "closed" }] as Partial<Case>[]) expect(mayAcknowledge(request(more))).toBe(false);
});

it("a request is extended once, while its first time runs", () => {
  expect(mayExtend(request({}), NOW)).toBe(true);
  for (const more of [{ state: "approved" }, { extended_to: "2027-01-30T00:00:00Z" }, { due_at: "2026-11-30T00:00:00Z" }] as Partial<Case>[]) expect(mayExtend(request(more), NOW)).toBe(false);
});

it("digits are Telegram's id, what has an at sign is an address, and nothing else is searched for", () => {
  expect(sought(" 700001 ")).toEqual({ telegram_id: 700001 });
  expect(sought("uma@example.com ")).toEqual({ email: "uma@example.com" });
  for (const text of ["", "uma", "0", "-5", "1.5", "9007199254740993"]) expect(sought(text)).toBeNull();
});

it("every standing, law and ground has words", () => {
  const keys = [...STANDINGS.map((one) => `standing.${one}`), ...LAWS.map((one) => `law.${one}`), ...GROUNDS.map((one) => `ground.${one}`)];
  expect(keys.filter((key) => !(key in COMPLIANCE.en && key in COMPLIANCE.de))).toEqual([]);
});

it("a place names the workspace, and the request where one is open", () => {
  expect(place("ten_1")).toBe("/compliance?workspace=ten_1");
  expect(place("ten_1", "prq_2")).toBe("/compliance?workspace=ten_1&case=prq_2");
});

it("the day on which somebody was told counts to its end, and today counts to now", () => {
  const now = new Date(2026, 11, 10, 15).getTime();
  expect(toldAt("", now)).toBeUndefined();
  expect(toldAt("2026-12-10", now)).toBeUndefined();
  expect(toldAt("2026-12-09", now)).toBe(new Date(new Date(2026, 11, 10).getTime() - 1).toISOString());
  // What is to come is sent as it is, so that it is refused and not taken for today.
  expect(toldAt("2026-12-11", now)).toBe(new Date(new Date(2026, 11, 12).getTime() - 1).toISOString());
});
