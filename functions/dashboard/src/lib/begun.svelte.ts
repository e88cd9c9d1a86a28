// What a person has begun to write stays while the page lives, per conversation. It is fans' business, so not in web storage.
import { SvelteMap } from "svelte/reactivity";
import type { Message } from "../inbox/merge";
import { whenCalm } from "./paint";

const texts = new Map<string, string>();
/** What the list shows of them: it follows when nobody types, as each of its rows looks whether anything was begun. */
const marks = new SvelteMap<string, string>();
const marking = new Set<string>();
function mark(id: string): void {
  marking.delete(id);
  const text = texts.get(id);
  if (text) marks.set(id, text);
  else marks.delete(id);
}
/** Private notes that were begun. */
const notes = new Map<string, string>();
/** Messages that could not be sent and wait for another try. */
const unsent = new Map<string, Message[]>();

export const begun = {
  get: (id: string): string => texts.get(id) ?? "",
  keep(id: string, text: string): void {
    if (text) texts.set(id, text);
    else texts.delete(id);
    if (marking.has(id)) return;
    marking.add(id);
    whenCalm(() => mark(id));
  },
  /** For those who show it beside the conversation's name. */
  mark: (id: string): string => marks.get(id) ?? "",
  note: (id: string): string => notes.get(id) ?? "",
  keepNote: (id: string, text: string): unknown => (text ? notes.set(id, text) : notes.delete(id)),
  unsent: (id: string): Message[] => unsent.get(id) ?? [],
  keepUnsent: (id: string, messages: Message[]): unknown => (messages.length ? unsent.set(id, messages) : unsent.delete(id)),
  /** What was begun to fans who are erased goes with them. */
  drop(ids: string[]): void {
    for (const id of ids) for (const kept of [texts, marks, notes, unsent]) kept.delete(id);
  },
  /** Whoever logs in next on the same page is somebody else. */
  forget(): void {
    for (const kept of [texts, marks, notes, unsent]) kept.clear();
  },
};
