import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { toasts } from "./toasts.svelte";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  toasts.endAll();
  vi.useRealTimers();
});

describe("what can be undone", () => {
  it("happens once, when nobody can undo it any more", () => {
    const ended = vi.fn();
    toasts.show("deleted", { label: "undo", run: vi.fn() }, ended);
    vi.advanceTimersByTime(7999);
    expect(ended).not.toHaveBeenCalled();
    vi.advanceTimersByTime(1);
    toasts.endAll();
    expect(ended).toHaveBeenCalledOnce();
  });
  it("does not happen when it is undone", () => {
    const [run, ended] = [vi.fn(), vi.fn()];
    toasts.act(toasts.show("deleted", { label: "undo", run }, ended));
    vi.advanceTimersByTime(20_000);
    expect([run.mock.calls.length, ended.mock.calls.length]).toEqual([1, 0]);
  });
  it("does not happen once something else is said in its place, and that can be read as long", () => {
    const ended = vi.fn();
    const notice = toasts.show("discarded", { label: "undo", run: vi.fn() }, ended);
    vi.advanceTimersByTime(7000);
    toasts.replace(notice, "Lea sent it");
    vi.advanceTimersByTime(7000);
    expect(toasts.all).toEqual([{ id: notice, text: "Lea sent it" }]);
    vi.advanceTimersByTime(1000);
    toasts.replace(notice, "said too late");
    expect([toasts.all.length, ended.mock.calls.length]).toEqual([0, 0]);
  });
  it("is waited for by whoever ends it, and so is what followed a notice before", async () => {
    const done: string[] = [];
    const slowly = (what: string) => () => Promise.resolve().then(() => Promise.resolve()).then(() => done.push(what));
    toasts.close(toasts.show("one", undefined, slowly("one")));
    toasts.show("two", undefined, slowly("two"));
    toasts.show("three", undefined, () => Promise.reject(new Error("refused")));
    expect(done).toEqual([]);
    await toasts.endAll();
    expect(done).toEqual(["one", "two"]);
  });
  it("is the newest of several, and none where a notice only tells", () => {
    expect(toasts.offer).toBe(undefined);
    const ids = ["one", "two"].map((text) => toasts.show(text, { label: "undo", run: vi.fn() }));
    toasts.show("saved");
    expect(toasts.offer?.id).toBe(ids[1]);
    toasts.act(ids[1]!);
    expect(toasts.offer?.id).toBe(ids[0]);
  });
  it("is neither done nor undone for somebody else", () => {
    const [run, ended] = [vi.fn(), vi.fn()];
    toasts.show("deleted", { label: "undo", run }, ended);
    toasts.drop();
    vi.advanceTimersByTime(20_000);
    expect([toasts.all.length, run.mock.calls.length, ended.mock.calls.length]).toEqual([0, 0, 0]);
  });
  it("waits while it is looked at, and not for a fourth notice", () => {
    const ended = vi.fn();
    const first = toasts.show("one", undefined, ended);
    toasts.pause(first);
    vi.advanceTimersByTime(20_000);
    expect(ended).not.toHaveBeenCalled();
    for (const text of ["two", "three", "four"]) toasts.show(text);
    expect(ended).toHaveBeenCalledOnce();
    expect(toasts.all.map((one) => one.text)).toEqual(["two", "three", "four"]);
  });
});
