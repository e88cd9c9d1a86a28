// What a person has begun to write stays while the page lives, per conversation. It is fans' business, so not in web storage.
import { SvelteMap } from "svelte/reactivity";
import type { Message } from "../inbox/merge";

const texts = new SvelteMap<string, string>();
/** Private notes that were begun. */
const notes = new Map<string, string>();
/** Messages that could not be sent and wait for another try. */
const unsent = new Map<string, Message[]>();

export const begun = {
  get: (id: string): string => texts.get(id) ?? "",
  keep(id: string, text: string): void {
    if (text) texts.set(id, text);
    else texts.delete(id);
  },
  note: (id: string): string => notes.get(id) ?? "",
  keepNote: (id: string, text: string): unknown => (text ? notes.set(id, text) : notes.delete(id)),
  unsent: (id: string): Message[] => unsent.get(id) ?? [],
  keepUnsent: (id: string, messages: Message[]): unknown => (messages.length ? unsent.set(id, messages) : unsent.delete(id)),
  /** What was begun to fans who are erased goes with them. */
  drop(ids: string[]): void {
    for (const id of ids) for (const kept of [texts, notes, unsent]) kept.delete(id);
  },
  /** Whoever logs in next on the same page is somebody else. */
  forget(): void {
    for (const kept of [texts, notes, unsent]) kept.clear();
  },
};
