// Keyboard: which combination an event is, and whether the person is writing.
import { t } from "../i18n";
import { preferences } from "./preferences.svelte";

/** "mod+k", "shift+?", "j". Mod is Control, and Command on a Mac. */
export function combination(event: Pick<KeyboardEvent, "key" | "ctrlKey" | "metaKey" | "altKey">): string {
  const parts = [event.ctrlKey || event.metaKey ? "mod" : "", event.altKey ? "alt" : "", event.key.toLowerCase()];
  return parts.filter(Boolean).join("+");
}

const isMac = (): boolean => /^(Mac|iP)/.test(globalThis.navigator?.platform ?? "");
/** A combination as it stands on the reader's keyboard: "mod" is the key that `combination` calls so. */
export const spoken = (key: string, mac = isMac()): string => (mac ? `⌘ ${key}` : `${t("keys.ctrl")} ${key}`);

/** Single keys mean letters while a person writes; a box to tick takes none. */
export function isWriting(target: EventTarget | null): boolean {
  if (target instanceof HTMLInputElement && /^(checkbox|radio)$/.test(target.type)) return false;
  return target instanceof HTMLElement && (target.isContentEditable || /^(input|textarea|select)$/i.test(target.tagName));
}

/** Whether the focus is nowhere: what had it is gone, or was switched off. */
export const isNowhere = (): boolean => !document.activeElement || document.activeElement === document.body;

let led = 0;
/** After G a second key names a goal: for a moment it means nothing else. */
export const lead = (on: boolean): void => void (led = on ? Date.now() : 0);
export const isLed = (): boolean => Date.now() - led < 1500;

/** Not while a person writes, or in a dialog. */
const isForPage = (event: KeyboardEvent): boolean => !event.defaultPrevented && !isWriting(event.target) && !document.querySelector("dialog[open]");

/** The single key that was pressed for the page itself, and not after G; or null. */
export const pageKey = (event: KeyboardEvent): string | null => (preferences.keys === "on" && isForPage(event) && !isLed() ? combination(event) : null);

/** Whether it takes back what was done last. With Control it is no single key, which may be switched off; with Shift it means the opposite. */
export const isUndo = (event: KeyboardEvent): boolean =>
  pageKey(event) === "u" || (combination(event) === "mod+z" && !event.shiftKey && isForPage(event));
