import { afterEach, describe, expect, it, vi } from "vitest";
import { choices, fromField, isAllowed, isAsleep, latest, toField } from "./snooze";

const live = (zone: string): void => void vi.stubEnv("TZ", zone);
afterEach(() => void vi.unstubAllEnvs());
const at = (now: string): string[] => choices(new Date(now)).map((one) => `${one.key} ${toField(one.at)}`);

describe("when a conversation comes back", () => {
  it("is later today, tomorrow morning, or on Monday", () => {
    live("Europe/Berlin");
    // A Wednesday.
    expect(at("2026-11-25T13:20:00Z")).toEqual(["later 2026-11-25T17:00", "tomorrow 2026-11-26T09:00", "week 2026-11-30T09:00"]);
  });
  it("is not later today when the day is nearly over, and not next week on a Sunday", () => {
    live("Europe/Berlin");
    expect(at("2026-11-25T19:20:00Z")).toEqual(["tomorrow 2026-11-26T09:00", "week 2026-11-30T09:00"]);
    expect(at("2026-11-29T10:00:00Z")).toEqual(["later 2026-11-29T14:00", "tomorrow 2026-11-30T09:00"]);
    expect(at("2026-11-30T10:00:00Z").at(-1)).toBe("week 2026-12-07T09:00");
  });
  it("follows the reader's day, whatever day it is in London", () => {
    live("Pacific/Auckland");
    expect(at("2026-11-25T13:20:00Z")[0]).toBe("later 2026-11-26T05:00");
    live("America/Los_Angeles");
    expect(at("2026-11-26T03:20:00Z").at(-2)).toBe("tomorrow 2026-11-26T09:00");
  });
  it("is nine o'clock on both sides of a change of the clocks", () => {
    live("Europe/Berlin");
    const [tomorrow] = choices(new Date("2027-03-27T22:30:00Z"));
    expect(tomorrow!.at.toISOString()).toBe("2027-03-28T07:00:00.000Z");
    expect(choices(new Date("2026-10-24T20:30:00Z"))[0]!.at.toISOString()).toBe("2026-10-25T08:00:00.000Z");
  });
});

describe("a moment of one's own", () => {
  it("is read and written in the reader's time", () => {
    live("America/New_York");
    expect(fromField("2026-12-01T09:30")?.toISOString()).toBe("2026-12-01T14:30:00.000Z");
    expect(toField(new Date("2026-12-01T14:30:00Z"))).toBe("2026-12-01T09:30");
  });
  it("is refused when there is no such day, and moved when there is no such hour", () => {
    live("Europe/Berlin");
    for (const wrong of ["", "tomorrow", "2026-02-30T09:00"]) expect(fromField(wrong), wrong).toBe(null);
    expect(toField(fromField("2027-03-28T02:30")!)).toBe("2027-03-28T03:30");
  });
  it("lies in the coming year", () => {
    const now = new Date("2026-11-25T12:00:00Z");
    expect(isAllowed(now, now)).toBe(false);
    expect(isAllowed(new Date("2026-11-25T12:01:00Z"), now)).toBe(true);
    expect(isAllowed(latest(now), now)).toBe(true);
    expect(isAllowed(new Date("2027-12-01T12:00:00Z"), now)).toBe(false);
  });
  it("that has passed leaves the conversation awake", () => {
    const now = Date.parse("2026-11-25T12:00:00Z");
    expect([isAsleep(null, now), isAsleep("2026-11-25T11:59:59Z", now), isAsleep("2026-11-25T12:00:01Z", now)]).toEqual([false, false, true]);
  });
});
