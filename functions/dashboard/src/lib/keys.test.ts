import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { isUndo, lead, pageKey } from "./keys";
import { preferences } from "./preferences.svelte";

class Element {
  isContentEditable = false;
  constructor(readonly tagName: string) {}
}
/** Whether a dialog is open. */
let dialog: object | null = null;
const press = (key: string, more: Partial<KeyboardEvent> = {}) =>
  ({ key, ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, defaultPrevented: false, target: new Element("MAIN"), ...more }) as unknown as KeyboardEvent;
const control = { ctrlKey: true };

beforeEach(() => {
  dialog = null;
  vi.stubGlobal("HTMLElement", Element);
  vi.stubGlobal("HTMLInputElement", class extends Element {});
  vi.stubGlobal("document", { querySelector: () => dialog });
});
afterEach(() => {
  preferences.keys = "on";
  lead(false);
  vi.unstubAllGlobals();
});

describe("what was done last", () => {
  it("is taken back by U, and by Control and Z", () => {
    expect([press("u"), press("z", control), press("z", { metaKey: true })].map(isUndo)).toEqual([true, true, true]);
    expect([press("z"), press("u", control), press("Z", { ...control, shiftKey: true })].map(isUndo)).toEqual([false, false, false]);
  });
  it("is left alone while a person writes, in a dialog, and by a key that was meant for something else", () => {
    const target = new Element("TEXTAREA") as unknown as EventTarget;
    expect([press("u", { target }), press("z", { ...control, target }), press("u", { defaultPrevented: true })].map(isUndo)).toEqual([false, false, false]);
    dialog = {};
    expect([press("u"), press("z", control)].map(isUndo)).toEqual([false, false]);
    dialog = null;
    lead(true);
    expect(isUndo(press("u"))).toBe(false);
  });
  it("is taken back by Control and Z alone where single keys are switched off", () => {
    preferences.keys = "off";
    expect([press("u"), press("z", control)].map(isUndo)).toEqual([false, true]);
    expect(pageKey(press("j"))).toBe(null);
  });
});
