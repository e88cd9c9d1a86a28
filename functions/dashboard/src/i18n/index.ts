// Own words in the reader's language. A key that a catalogue lacks fails the type check.
import { preferences, type Language } from "../lib/preferences.svelte";
import { de } from "./de";
import { en } from "./en";

export type Key = keyof typeof en;
const CATALOGUES: Record<Language, Record<Key, string>> = { en, de };

/** The text for a key, with `{name}` replaced. Reading the language makes callers follow its change. */
export function t(key: Key, values: Record<string, string | number> = {}): string {
  return fill(CATALOGUES[preferences.language][key], values);
}

/** The text for a code of the API, if there is one. */
export function known(prefix: string, code: string): string | null {
  const key = `${prefix}.${code}`;
  return key in en ? t(key as Key) : null;
}
/** The text for a code of the API: known ones are translated, others are shown as they are. */
export const word = (prefix: string, code: string): string => known(prefix, code) ?? code.replaceAll("_", " ");

export function fill(text: string, values: Record<string, string | number>): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}
