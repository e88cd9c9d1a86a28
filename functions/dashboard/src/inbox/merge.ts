// Pure parts of the inbox.
import type { Schemas } from "../api/client";

export type Entry = Schemas["ConversationEntry"];
/** A message; `local` until the API has taken it, `after` is the newest message that its sender had seen. */
export type Message = Schemas["MessageOut"] & { local?: "sending" | "refused"; after?: string | undefined };

/** A first page over what is there: newest activity first, each conversation once, later pages kept. */
export function mergeFirst(old: Entry[], page: Entry[], isLast: boolean): Entry[] {
  if (isLast) return page;
  const seen = new Set(page.map((one) => one.id));
  const oldest = page.at(-1)?.last_activity ?? "";
  // What is newer than the page's end and not in it has left this view.
  return [...page, ...old.filter((one) => !seen.has(one.id) && one.last_activity <= oldest)];
}

/** Messages oldest first, each once; what the API says, newest first, replaces what was assumed. */
export function mergeMessages(old: Message[], fetched: Message[]): Message[] {
  const byId = new Map(old.map((one) => [one.id, one]));
  for (const one of fetched.toReversed()) byId.set(one.id, one);
  return [...byId.values()].sort(inOrder);
}

// Times are whole seconds where Telegram gives them; its numbers tell apart what came within one.
function inOrder(a: Message, b: Message): number {
  const seconds = Math.floor(Date.parse(a.at) / 1000) - Math.floor(Date.parse(b.at) / 1000);
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
