import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { Message } from "../inbox/merge";
import { begun, type Made } from "./begun.svelte";

const MADE: Made = { of: "1.1", id: "msg_1", seen: "7", text: "my own words" };
/** What listens for the page's being left. */
const warned = new Set<unknown>();
beforeEach(() => {
  begun.open();
  vi.stubGlobal("addEventListener", (kind: string, heard: unknown) => kind === "beforeunload" && warned.add(heard));
  vi.stubGlobal("removeEventListener", (kind: string, heard: unknown) => kind === "beforeunload" && warned.delete(heard));
});
afterEach(() => {
  begun.forget();
  vi.unstubAllGlobals();
});

it("whoever leaves the page is asked only while something would be lost", () => {
  const message = { id: "msg_1" } as Message;
  const kinds: [(it: boolean) => void, string][] = [
    [(it) => begun.keep("cnv_1", it ? "half a thou" : ""), "an answer"],
    [(it) => begun.keepNote("cnv_1", it ? "asked about" : ""), "a note"],
    [(it) => begun.keepUnsent("cnv_1", it ? [message] : []), "a message that was not sent"],
    [(it) => begun.keepDraft("cnv_1", it ? MADE : null), "a draft that is being changed"],
  ];
  for (const [keep, what] of kinds) {
    keep(true);
    expect([warned.size, begun.waits()], what).toEqual([1, true]);
    keep(false);
    expect([warned.size, begun.waits()], what).toEqual([0, false]);
  }
});
it("nobody is asked for what belongs to fans who are erased, or to whoever has logged out", () => {
  begun.keep("cnv_1", "half a thou");
  begun.keepNote("cnv_2", "asked about");
  begun.drop(["cnv_1"]);
  expect(warned.size).toBe(1);
  begun.forget();
  expect(warned.size).toBe(0);
});
it("what was made of a draft is there for whoever comes back to it, and goes with the fan", () => {
  begun.keepDraft("cnv_1", MADE);
  expect([begun.draft("cnv_1"), begun.draft("cnv_2")]).toEqual([MADE, undefined]);
  begun.drop(["cnv_1"]);
  expect([begun.draft("cnv_1"), warned.size]).toEqual([undefined, 0]);
});
it("what ends only when whoever wrote it has left is kept for nobody", () => {
  begun.forget();
  begun.keep("cnv_1", "made of a draft");
  begun.keepUnsent("cnv_1", [{ id: "msg_1" } as Message]);
  expect([begun.get("cnv_1"), begun.unsent("cnv_1"), warned.size]).toEqual(["", [], 0]);
  begun.open();
  begun.keep("cnv_1", "somebody else's");
  expect([begun.get("cnv_1"), warned.size]).toEqual(["somebody else's", 1]);
});
it("the browser is told that the page is not to be left", () => {
  begun.keep("cnv_1", "half a thou");
  const event = { preventDefault: vi.fn() };
  for (const heard of warned) (heard as (event: unknown) => void)(event);
  expect(event.preventDefault).toHaveBeenCalledOnce();
});
