import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Outcome } from "../api/client";
import { toasts } from "./toasts.svelte";
import { isTaken, takeAway } from "./undo";

const done: Outcome<unknown> = { ok: true, data: null, status: 204 };
const refused = (status: number): Outcome<unknown> => ({ ok: false, trouble: { code: "changed_meanwhile", message: "", fields: [], reference: null, status } });
const telling = (outcome: Outcome<unknown>) => vi.fn(() => Promise.resolve(outcome));

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  toasts.endAll();
  vi.useRealTimers();
});

describe("what is taken away", () => {
  it("hides at once, and is gone when it can no longer be undone", async () => {
    const gone = telling(done);
    takeAway("a", "taken away", gone);
    expect([isTaken("a"), gone.mock.calls.length]).toEqual([true, 0]);
    await vi.advanceTimersByTimeAsync(8000);
    expect([isTaken("a"), gone.mock.calls.length]).toEqual([true, 1]);
  });
  it("is there again when it is undone, and the API hears nothing", async () => {
    const gone = telling(done);
    takeAway("b", "taken away", gone);
    toasts.act(toasts.all.at(-1)!.id);
    await vi.advanceTimersByTimeAsync(20_000);
    expect([isTaken("b"), gone.mock.calls.length]).toEqual([false, 0]);
  });
  it("is there again when the API refuses, which is said with what it is about", async () => {
    takeAway("c", "taken away", telling(refused(409)), "It was not taken away.");
    await vi.advanceTimersByTimeAsync(8000);
    expect(isTaken("c")).toBe(false);
    expect(toasts.all.map((one) => one.text)).toEqual([expect.stringMatching(/^It was not taken away\. Somebody changed this/)]);
  });
  it("stays away when somebody else was faster", async () => {
    takeAway("d", "taken away", telling(refused(404)));
    await vi.advanceTimersByTimeAsync(8000);
    expect([isTaken("d"), toasts.all.length]).toEqual([true, 0]);
  });
});
