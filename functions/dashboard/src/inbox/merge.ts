// Pure parts of the inbox.
import type { Schemas } from "../api/client";
import type { Made } from "../lib/begun.svelte";

export type Entry = Schemas["ConversationEntry"];
/** One of a list over several workspaces says which one it is in. */
export type Row = Entry & { workspace?: string };
/** Where to go on from a conversation that leaves the list, and how to come back to it. */
export interface Way {
  go: () => void;
  back: () => void;
}
type Note = Schemas["NoteOut"];
export type Line = Message | Note;
/**
 * A message; `local` until the API has taken it, `after` is the newest message that its sender had seen. Of one that is `lost`
 * nobody knows whether it arrived; one that was `offline` cannot have.
 */
export type Message = Schemas["MessageOut"] & { local?: "sending" | "refused" | "lost" | "offline"; after?: string | undefined };
/** Whether the API has not answered: the same request under the same key does no harm. */
export const isLost = ({ local }: Message): boolean => local === "lost" || local === "offline";

/** The one that is known, unless it has changed: what is drawn of it is not drawn again. */
export const reuse = <T>(known: T | undefined, told: T): T => (known !== undefined && JSON.stringify(known) === JSON.stringify(told) ? known : told);
function reuseEach<T extends { id: string }>(known: T[], told: T[]): T[] {
  const ids = new Set(told.map((one) => one.id));
  const byId = new Map(known.filter((one) => ids.has(one.id)).map((one) => [one.id, one]));
  return told.map((one) => reuse(byId.get(one.id), one));
}
/** The former list itself where each is the same as before. */
const orFormer = <T>(former: T[], now: T[]): T[] => (former.length === now.length && now.every((one, at) => one === former[at]) ? former : now);

/** A first page over what is there: newest activity first, each conversation once, later pages kept. */
export function mergeFirst(old: Entry[], fetched: Entry[], isLast: boolean): Entry[] {
  const page = reuseEach(old, fetched);
  if (isLast) return orFormer(old, page);
  const seen = new Set(page.map((one) => one.id));
  const oldest = page.at(-1)?.last_activity ?? "";
  // What is newer than the page's end and not in it has left this view.
  return orFormer(old, [...page, ...old.filter((one) => !seen.has(one.id) && one.last_activity <= oldest)]);
}

/** What is loaded of one workspace's list, newest activity first, and whether that is not all. */
export interface Part {
  workspace: string;
  entries: Entry[];
  hasMore: boolean;
}
const since = (entry: Entry | undefined): number => (entry ? Date.parse(entry.last_activity) : -Infinity);

/**
 * The workspace whose next page is due: of those with more, the one whose last row is the newest. Nothing older than that row is
 * known to be in its place. One that has found nothing yet goes first.
 */
export function ahead(parts: Part[]): string | undefined {
  const due = parts.filter((one) => one.hasMore).map((one) => ({ one, at: one.entries.length ? since(one.entries.at(-1)) : Infinity }));
  return due.toSorted((a, b) => b.at - a.at)[0]?.one.workspace;
}

/** Each conversation as a row, made once: a list of thousands is merged anew with every event. */
const made = new WeakMap<Entry, Row>();
function rowOf(entry: Entry, workspace: string): Row {
  const row = made.get(entry) ?? { ...entry, workspace };
  made.set(entry, row);
  return row;
}

/** The lists as one, each in its own order, as far down as every one of them is known. */
export function interleave(parts: Part[]): Row[] {
  const end = Math.max(-Infinity, ...parts.filter((one) => one.hasMore).map((one) => since(one.entries.at(-1))));
  const heads = parts.map(({ workspace, entries }) => ({ workspace, entries, next: 0, at: since(entries[0]) }));
  const rows: Row[] = [];
  for (;;) {
    const newest = heads.reduce((a, b) => (b.at > a.at ? b : a), { workspace: "", entries: [] as Entry[], next: 0, at: -Infinity });
    const entry = newest.entries[newest.next];
    if (!entry || newest.at < end) return rows;
    rows.push(rowOf(entry, newest.workspace));
    newest.at = since(newest.entries[++newest.next]);
  }
}

/**
 * Messages oldest first, each once; what the API says, newest first, replaces what was assumed. Only those of the same time
 * are looked at one by one: a chat may have thousands, and a page is merged into it every few seconds.
 */
export function mergeMessages(old: Message[], fetched: Message[]): Message[] {
  if (!fetched.length) return old;
  const ids = new Set(fetched.map((one) => one.id));
  const times = fetched.map((one) => second(one.at));
  const [first, last] = [Math.min(...times), Math.max(...times)];
  const [from, to] = [firstSince(old, first), firstSince(old, last + 1)];
  const byId = new Map(old.slice(from, to).map((one) => [one.id, one]));
  for (const one of fetched.toReversed()) byId.set(one.id, one);
  const others = (part: Message[]): Message[] => (part.some((one) => ids.has(one.id)) ? part.filter((one) => !ids.has(one.id)) : part);
  return [...others(old.slice(0, from)), ...[...byId.values()].sort(inOrder), ...others(old.slice(to))];
}

/** A first page of messages over what is there, of which older pages are kept. `hasGap`: more came than a page holds. */
export function mergeNewest(old: Message[], fetched: Message[], isLast: boolean): { messages: Message[]; hasGap: boolean } {
  const page = reuseEach(old, fetched);
  const ids = new Set(page.map((one) => one.id));
  const local = old.filter((one) => one.local);
  const told = local.length ? old.filter((one) => !one.local) : old;
  const hasGap = !isLast && told.length > 0 && !told.some((one) => ids.has(one.id));
  const end = page.at(-1);
  // A message that is gone from the newest page was cancelled or erased. One of the second in which the page ends may be before it.
  const kept = isLast || hasGap || !end ? [] : told.filter((one) => inOrder(one, end) < 0);
  return { messages: orFormer(old, mergeMessages(mergeMessages(kept, local), page)), hasGap };
}

/** Messages and notes, oldest first; of one second, messages first. Notes that are older than the messages wait for those. */
export function between(messages: Message[], notes: Note[], hasOlder: boolean): Line[] {
  const oldest = hasOlder ? second(messages[0]?.at ?? "") : 0;
  const waiting = notes.filter((one) => !(second(one.at) < oldest));
  if (!waiting.length) return messages;
  const lines: Line[] = [];
  let next = 0;
  for (const note of waiting) {
    const to = firstSince(messages, second(note.at) + 1);
    for (; next < to; next++) lines.push(messages[next]!);
    lines.push(note);
  }
  return lines.concat(messages.slice(next));
}
export const isNote = (line: Line): line is Note => !("direction" in line);

const second = (at: string): number => Math.floor(Date.parse(at) / 1000);

/** Where messages of that second or later begin: a chat may have thousands, so few of their times are read. */
function firstSince(messages: Message[], at: number): number {
  let [low, high] = [0, messages.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (second(messages[middle]!.at) < at) low = middle + 1;
    else high = middle;
  }
  return low;
}

// Times are whole seconds where Telegram gives them; its numbers tell apart what came within one.
function inOrder(a: Message, b: Message): number {
  const seconds = second(a.at) - second(b.at);
  if (seconds) return seconds;
  if (a.telegram_message_id && b.telegram_message_id) return Number(a.telegram_message_id) - Number(b.telegram_message_id);
  return Date.parse(a.at) - Date.parse(b.at);
}

/** What stands between the newest message that was seen and an answer of mine: the fan's words, and other persons'. */
export function newer(messages: Message[], seen: string | undefined, me: string): Message[] {
  return messages.filter((one) => {
    const others = one.direction === "in" || Boolean(one.sent_by && one.sent_by !== me);
    const unseen = one.telegram_message_id ? Number(one.telegram_message_id) > Number(seen ?? 0) : one.delivery === "queued" || one.delivery === "sending";
    return others && unseen && !one.local;
  });
}

/** Whether a message still waits to be sent: only so long it can be taken back. One that is not there was taken back already. */
export const isQueued = (messages: Message[], id: string): boolean => messages.findLast((one) => one.id === id)?.delivery === "queued";

type Hold = Schemas["HoldOut"];
/** Who has taken a conversation from `me` between two looks at it. One whose time had passed, or that was given back, was not taken. */
export function takenBy(before: Hold | undefined, now: Hold | undefined, me: string): string | null {
  if (before?.by !== me || !now?.by || now.by === me) return null;
  return Date.parse(now.since) < Date.parse(before.until) ? now.by : null;
}

type Draft = Schemas["DraftOut"];
/** What became of a draft that was looked at: it waits, or was changed; it is gone; or it was sent, by whom if that is known. */
export function fate(draft: Pick<Draft, "id">, now: Draft | null, messages: Message[]): "waits" | "gone" | { by: string | null } {
  if (now?.id === draft.id) return "waits";
  // The message that is sent has the draft's id.
  const sent = messages.findLast((one) => one.id === draft.id);
  return sent ? { by: sent.sent_by ?? null } : "gone";
}

/** Whether the draft was sent with what a person had made of it. */
export const wasSent = (made: Made, messages: Message[]): boolean => messages.some((one) => one.id === made.id && one.text?.includes(made.text.trim()) === true);

export type WhyNot = "role" | "blocked" | "deactivated" | "chat_gone" | "window" | "bot_gone";
const DAY_MS = 24 * 3600 * 1000;

/** Why nobody can write here now, or null. */
export function whyNot(entry: Entry, facts: { may: boolean; botWorks: boolean; now: number }): WhyNot | null {
  if (!facts.may) return "role";
  if (!facts.botWorks) return "bot_gone";
  if (entry.reachability !== "reachable") return entry.reachability;
  const inbound = entry.last_inbound_at ? Date.parse(entry.last_inbound_at) : 0;
  return entry.business_account_id && facts.now - inbound > DAY_MS ? "window" : null;
}

/** A piece of text and where it leads, if it leads anywhere. */
export interface Piece {
  text: string;
  kind?: string;
  href?: string;
}

/** The text by its spans, which may overlap; only web links lead somewhere. Offsets are UTF-16 units, as in a JS string. */
export function pieces(text: string, spans: Schemas["Span"][]): Piece[] {
  const cuts = new Set([0, text.length]);
  for (const span of spans) {
    cuts.add(Math.min(text.length, span.offset));
    cuts.add(Math.min(text.length, span.offset + span.length));
  }
  const at = [...cuts].sort((a, b) => a - b);
  return at.slice(0, -1).map((from, index) => {
    const to = at[index + 1]!;
    const on = spans.filter((span) => span.offset <= from && span.offset + span.length >= to);
    const link = on.find((span) => span.kind === "text_link" || span.kind === "url");
    const address = link && (link.url ?? text.slice(link.offset, link.offset + link.length));
    const piece: Piece = { text: text.slice(from, to) };
    const kind = on.find((span) => span !== link)?.kind;
    if (kind) piece.kind = kind;
    if (address && /^https?:\/\//i.test(address)) piece.href = address;
    return piece;
  });
}
