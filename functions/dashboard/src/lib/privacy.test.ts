import { describe, expect, it } from "vitest";
import { de } from "../i18n/de";
import { en } from "../i18n/en";
import { hide, withoutChats, withoutFans } from "./erased";
import { GROUPS, REMAINS, STANDINGS, confirms, fileUntil, groups, isOpen, merged, owesCertificate, size, standing, toType, type PrivacyRequest } from "./privacy";

const request = (id: string, at: string, more: Partial<PrivacyRequest> = {}): PrivacyRequest =>
  ({ id, kind: "erasure", origin: "fan", requested_by: null, requested_at: at, due_at: "2026-12-28T10:00:00Z", state: "running", finished_at: null, certified: false, erased: [], remains: [], ...more }) as PrivacyRequest;
const rows = (erased: PrivacyRequest["erased"]): Record<string, number> => Object.fromEntries(groups(erased).filter((one) => one.rows).map((one) => [one.group, one.rows]));

describe("what was erased", () => {
  it("is counted in words that people have, each row once", () => {
    const erased = [{ kind: "message", rows: 12 }, { kind: "outbox", rows: 1 }, { kind: "queued", rows: 2 }, { kind: "fan_entry", rows: 4 }, { kind: "constructor", rows: 5 }];
    expect(rows(erased)).toEqual({ messages: 12, queued: 1, rest: 11 });
  });
  it("has the same lines before anything is deleted", () => {
    expect(groups([])).toEqual(GROUPS.map((group) => ({ group, rows: 0 })));
  });
  it("has words for every group and for everything that remains, in every language", () => {
    for (const words of [en, de] as Record<string, string>[]) {
      for (const group of GROUPS) expect(words[`erased.${group}`], group).toBeTruthy();
      for (const { what } of REMAINS) expect(words[`remains.${what}`], what).toBeTruthy();
      for (const state of STANDINGS) expect(words[`privacy.state.${state}`], state).toBeTruthy();
    }
  });
});

describe("requests", () => {
  const [first, second] = ["2026-11-28T10:00:00Z", "2026-11-28T11:00:00Z"];
  it("stand newest first, each once", () => {
    const told = merged([request("a", first)], [request("b", second), request("a", first)]);
    expect(told.map((one) => one.id)).toEqual(["b", "a"]);
  });
  it("never count back while they run, and end as they were told", () => {
    const counted = request("a", first, { erased: [{ kind: "message", rows: 7 }] });
    expect(merged([counted], [request("a", first)])[0]).toBe(counted);
    const done = request("a", first, { state: "finished", erased: [{ kind: "message", rows: 5 }] });
    expect(merged([counted], [done])[0]).toBe(done);
    expect(merged([done], [counted])[0]).toBe(done);
  });
  it("wait an hour for their certificate, and never lose it again", () => {
    const over = request("a", first, { state: "finished", finished_at: first });
    const signed = { ...over, certified: true };
    const [soon, late] = [Date.parse(first) + 1, Date.parse(first) + 3_600_000];
    expect([owesCertificate(over, soon), owesCertificate(over, late), owesCertificate(signed, soon), owesCertificate(request("a", first), soon)]).toEqual([true, false, false, false]);
    expect(owesCertificate({ ...over, kind: "export" }, soon)).toBe(false);
    expect(merged([over], [signed])[0]).toBe(signed);
    expect(merged([signed], [over])[0]).toBe(signed);
  });
  it("that run are late after their due date only", () => {
    const due = Date.parse("2026-12-28T10:00:00Z");
    expect([standing(request("a", first), due), standing(request("a", first), due + 1)]).toEqual(["running", "late"]);
    expect(standing(request("a", first, { state: "finished" }), due + 1)).toBe("finished");
  });
});

describe("exports", () => {
  const asked = "2026-11-28T10:00:00Z";
  const file = (more: Partial<NonNullable<PrivacyRequest["export"]>> = {}) => ({ state: "running" as const, fan_id: null, fans: 2, records: 40, bytes: 900, until: null, ...more });
  const wanted = (more: Partial<PrivacyRequest> = {}): PrivacyRequest => request("x", asked, { kind: "export", ...more });
  const done = { state: "finished", finished_at: "2026-11-28T11:00:00Z" } as const;
  it("are ready for seven days, as their file says or as follows from when they were done", () => {
    const [last, over] = [Date.parse("2026-12-05T10:59:59Z"), Date.parse("2026-12-05T11:00:00Z")];
    expect([standing(wanted(done), last), standing(wanted(done), over)]).toEqual(["ready", "over"]);
    const told = wanted({ ...done, export: file({ state: "ready", until: "2026-12-06T11:00:00Z" }) });
    expect([fileUntil(told), standing(told, over)]).toEqual(["2026-12-06T11:00:00Z", "ready"]);
    expect(fileUntil(request("e", asked, done))).toBe(null);
  });
  it("that were taken back are neither late nor open", () => {
    const back = wanted({ ...done, state: "withdrawn" });
    expect([standing(back, Date.parse("2027-12-28T10:00:00Z")), isOpen(back), isOpen(wanted())]).toEqual(["withdrawn", false, true]);
    expect(merged([back], [wanted(done)])[0]).toBe(back);
    expect(merged([wanted(done)], [back])[0]).toBe(back);
  });
  it("never count back, and keep the file that a list does not tell of", () => {
    const counted = wanted({ export: file() });
    expect(merged([counted], [wanted()])[0]).toBe(counted);
    expect(merged([counted], [wanted({ export: file({ records: 39 }) })])[0]).toBe(counted);
    expect(merged([wanted({ export: file({ records: 0 }) })], [wanted()])[0]?.export?.fans).toBe(2);
    const ready = wanted({ ...done, export: file({ state: "ready", records: 7 }) });
    expect(merged([counted], [ready])[0]).toBe(ready);
    expect(merged([ready], [wanted(done)])[0]?.export?.records).toBe(7);
    // What was known while it was written is not what it is now.
    expect(merged([counted], [wanted(done)])[0]?.export).toBeUndefined();
  });
  it("have a size in the reader's language", () => {
    expect([size(0, "en"), size(999, "en"), size(1000, "en"), size(5_430_000, "en"), size(7e12, "en")]).toEqual(["0 bytes", "999 bytes", "1 kB", "5.4 MB", "7,000 GB"]);
    expect(size(5_430_000, "de")).toMatch(/^5,4\sMB$/);
  });
});

describe("the name that confirms", () => {
  it("is typed without ornaments, accents and case", () => {
    expect(confirms("  mira vale", "✨ Mira  Välé ✨")).toBe(true);
    expect(confirms("mira vale", "𝓜𝓲𝓻𝓪 𝓥𝓪𝓵𝓮")).toBe(true);
    expect(confirms("Мира", "Мира")).toBe(true);
    for (const wrong of ["", "✨", "mira"]) expect(confirms(wrong, "Mira Vale"), wrong).toBe(false);
  });
  it("is a word where nothing of it can be typed", () => {
    expect([toType("✨🌙", "erase"), toType("", "erase"), toType("Zoë", "erase")]).toEqual(["erase", "erase", "Zoë"]);
    expect(confirms("", "")).toBe(false);
  });
});

it("a fan leaves the lists at once, and is seen again when writing anew", () => {
  const chat = (fan_id: string, last_activity: string) => ({ id: `c-${fan_id}`, fan_id, last_activity }) as never;
  const fan = (id: string, first_seen: string) => ({ id, first_seen }) as never;
  expect(withoutChats([chat("a", "2026-11-28T09:00:00Z")])).toHaveLength(1);
  hide("a", "2026-11-28T10:00:00.500Z");
  const chats = [chat("a", "2026-11-28T10:00:00Z"), chat("b", "2026-11-28T09:00:00Z"), chat("a", "2026-11-28T10:00:01Z")];
  expect(withoutChats(chats)).toEqual(chats.slice(1));
  const fans = [fan("a", "2026-11-01T10:00:00Z"), fan("b", "2026-11-01T10:00:00Z"), fan("a", "2026-11-28T10:00:01Z")];
  expect(withoutFans(fans)).toEqual(fans.slice(1));
});
