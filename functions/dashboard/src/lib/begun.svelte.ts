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
/** What is being made of a draft of Sofi's: of which one, by its `rev`; its message, and the newest one that it answers. */
export interface Made {
  of: string;
  id: string;
  seen: string;
  text: string;
}
/** Per conversation, as all else. */
const drafts = new Map<string, Made>();
const ALL = [texts, notes, unsent, drafts];

const waits = (): boolean => ALL.some((kept) => kept.size > 0);
/** The browser asks in its own words whether to leave. */
const warn = (event: Event): void => event.preventDefault();
/** Only while something would be lost: a page that listens for this is not kept for the way back. */
function guard(): void {
  if (waits()) globalThis.addEventListener?.("beforeunload", warn);
  else globalThis.removeEventListener?.("beforeunload", warn);
}
/** Until somebody logs out: what ends only after that is nobody's any more. A session that ends by itself leaves what was begun. */
let isOpen = true;
/** An empty one is none. */
function put<T>(kept: Map<string, T>, id: string, it: T | null): void {
  if (it && isOpen) kept.set(id, it);
  else kept.delete(id);
  guard();
}

export const begun = {
  get: (id: string): string => texts.get(id) ?? "",
  keep(id: string, text: string): void {
    put(texts, id, text);
    if (marking.has(id)) return;
    marking.add(id);
    whenCalm(() => mark(id));
  },
  /** For those who show it beside the conversation's name. */
  mark: (id: string): string => marks.get(id) ?? "",
  note: (id: string): string => notes.get(id) ?? "",
  keepNote: (id: string, text: string): void => put(notes, id, text),
  unsent: (id: string): Message[] => unsent.get(id) ?? [],
  keepUnsent: (id: string, messages: Message[]): void => put(unsent, id, messages.length ? messages : null),
  draft: (id: string): Made | undefined => drafts.get(id),
  keepDraft: (id: string, made: Made | null): void => put(drafts, id, made),
  /** Whether anything would be lost with the page. */
  waits,
  /** What was begun to fans who are erased goes with them. */
  drop(ids: string[]): void {
    for (const id of ids) for (const kept of [marks, ...ALL]) kept.delete(id);
    guard();
  },
  /** Somebody is in. */
  open(): void {
    isOpen = true;
  },
  /** Whoever logs in next on the same page is somebody else. */
  forget(): void {
    isOpen = false;
    for (const kept of [marks, ...ALL]) kept.clear();
    guard();
  },
};
