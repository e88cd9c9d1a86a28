// What of an export means something in another workspace, in words of the API: fans and chats go by Telegram's numbers, as ids count in
// their own workspace only (decision 0042).
import type { Schemas } from "../api/client";
import type { Exported } from "./exported";
import { COLUMNS, PART, type ImportColumn } from "./imports";

/** In the order in which they come: people first, as history comes only to those who are here. */
export const SECTIONS = ["fan", "saved_reply", "persona", "message", "note", "fact"] as const;
export type Section = (typeof SECTIONS)[number];
/** Sections of history, with the field of the API that takes them. */
export const HISTORY = { message: "messages", note: "notes", fact: "facts" } as const;
export type History = keyof typeof HISTORY;
/** Why a record stays in the file. */
export type Stays = "account" | "no_bot" | "on_its_way" | "nobody" | "unread";

export type Reply = Schemas["SavedReplyIn"];
export type Told = Schemas["ToldMessage"] | Schemas["ToldNote"] | Schemas["ToldFact"];
/** A record for the API with the number of the bot in whose chats it was, or why it stays. */
export type Placed = { bot: string; record: Told } | Stays;
export interface Fan {
  id: string;
  tags: string[] | null;
  note: string | null;
  profile: { first_name?: string; last_name?: string; username?: string; language_code?: string } | null;
}
export interface Persona {
  bot: string;
  version: number;
  in_use: boolean;
  text: string | null;
}
interface FileBot {
  id: string;
  telegram_id: number;
  username: string;
}
interface InChat {
  conversation: string;
}
type Message = InChat & Omit<Schemas["ToldMessage"], "telegram_id" | "content"> & { content: Schemas["ToldContent"] | null };
type Note = InChat & Omit<Schemas["ToldNote"], "telegram_id" | "text"> & { text: string | null };
type Fact = Omit<Schemas["ToldFact"], "telegram_id" | "text"> & { fan: string; conversation: string | null; text: string | null };

/** Whom an export is about: small beside what was said, so it is kept while the rest is read piece by piece. */
export interface Cast {
  /** What the workspace is called. */
  name: string;
  bots: FileBot[];
  personas: Persona[];
  /** Telegram's numbers of fans. */
  numbers: Map<string, string>;
  /** Of each chat the fan's number and the bot's; none of the bot's where it is a chat of a connected account. */
  chats: Map<string, { person: string | undefined; bot: string | undefined }>;
}

async function collected<T>(records: AsyncGenerator<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const one of records) all.push(one);
  return all;
}

export async function cast({ records }: Exported): Promise<Cast> {
  const [workspace] = await collected(records<{ name: string }>("workspace"));
  const bots = await collected(records<FileBot>("bot"));
  const personas = await collected(records<Persona>("persona"));
  const numbers: Cast["numbers"] = new Map();
  for await (const one of records<{ fan: string; telegram_id: string }>("fan_number")) numbers.set(one.fan, one.telegram_id);
  const known = new Map(bots.map((bot) => [bot.id, String(bot.telegram_id)]));
  const chats: Cast["chats"] = new Map();
  for await (const one of records<{ id: string; fan: string; bot: string; account: string | null }>("conversation")) {
    chats.set(one.id, { person: numbers.get(one.fan), bot: one.account ? undefined : (known.get(one.bot) ?? "") });
  }
  return { name: workspace?.name ?? "", bots, personas, numbers, chats };
}

/** A bot's versions in their order, and which of them replies are written with: that one stands in the export twice. */
export function versions(personas: Persona[], bot: string): { all: Persona[]; used: number | undefined } {
  const own = personas.filter((one) => one.bot === bot);
  const all = own.filter((one) => !one.in_use).sort((one, other) => one.version - other.version);
  return { all, used: own.find((one) => one.in_use)?.version };
}

/** Those that are not here yet; of two alike, two have to be. */
export function lacking(all: Persona[], here: { text: string }[]): Persona[] {
  const left = here.map((one) => one.text);
  return all.filter(({ text }) => {
    const at = left.indexOf(text ?? "");
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
}

/** Those whose shortcut stands for nothing here yet: what is here stays. */
export function missing(replies: Reply[], here: Reply[]): Reply[] {
  const taken = new Set(here.map((one) => one.shortcut.toLowerCase()));
  return replies.filter((one) => !taken.has(one.shortcut.toLowerCase()));
}

/** A fan as a row of a table, like that of any other tool. */
export const row = (fan: Fan, number: string): string[] => COLUMNS.map((column) => cell(fan, column, number));

function cell(fan: Fan, column: ImportColumn, number: string): string {
  switch (column) {
    case "telegram_id":
      return number;
    case "tags":
      // On lines of their own, because a tag may have a comma in it.
      return guarded((fan.tags ?? []).map((tag) => `${tag}\n`).join(""));
    case "note":
      return guarded(fan.note ?? "");
    case "language":
      return fan.profile?.language_code ?? "";
    default:
      return guarded(fan.profile?.[column] ?? "");
  }
}
/** Whoever reads a table takes one apostrophe away from the front of a cell. */
const guarded = (text: string): string => (text.startsWith("'") ? `'${text}` : text);

/** A record of history as the API takes it. `here` are the numbers of bots that are connected. */
export function placed(section: History, record: unknown, who: Cast, here: ReadonlySet<string>): Placed {
  switch (section) {
    case "message":
      return message(record as Message, who, here);
    case "note":
      return note(record as Note, who, here);
    case "fact":
      return fact(record as Fact, who, here);
  }
}

function chat(conversation: string, who: Cast, here: ReadonlySet<string>): { bot: string; person: string } | Stays {
  const found = who.chats.get(conversation);
  if (!found?.person) return "nobody";
  if (found.bot === undefined) return "account";
  return here.has(found.bot) ? { bot: found.bot, person: found.person } : "no_bot";
}
function message(one: Message, who: Cast, here: ReadonlySet<string>): Placed {
  const where = chat(one.conversation, who, here);
  if (typeof where === "string") return where;
  const { id, message_id, author, content_kind, content, at, edited_at, reply_to, album, reactions, delivery, failure } = one;
  if (delivery === "queued" || delivery === "sending") return "on_its_way";
  if (!content) return "unread";
  return { bot: where.bot, record: { telegram_id: where.person, id, message_id, author, content_kind, content, at, edited_at, reply_to, album, reactions, delivery, failure } };
}
function note({ conversation, id, text, at }: Note, who: Cast, here: ReadonlySet<string>): Placed {
  const where = chat(conversation, who, here);
  if (typeof where === "string") return where;
  return text === null ? "unread" : { bot: where.bot, record: { telegram_id: where.person, id, text, at } };
}
/** A fact is about the fan, so that any bot does; only the message that it is from is one of a chat. */
function fact({ fan, conversation, id, text, source, confidence, sensitivity, at, until }: Fact, who: Cast, here: ReadonlySet<string>): Placed {
  const telegram_id = who.numbers.get(fan);
  const [any] = here;
  if (!telegram_id) return "nobody";
  if (any === undefined) return "no_bot";
  if (text === null) return "unread";
  const where = conversation === null ? "nobody" : chat(conversation, who, here);
  const from = typeof where === "string" ? { bot: any, source: null } : { bot: where.bot, source };
  return { bot: from.bot, record: { telegram_id, id, text, source: from.source, confidence, sensitivity, at, until } };
}

/** Bytes of records in one call: the API takes 1 MiB, and a table writes some signs twice. */
export const MOST_BYTES = 400_000;

/** Records in the parts in which they are sent, apart from each other by a name. */
export async function* batches<T>(records: AsyncGenerator<T>, name: (record: T) => string): AsyncGenerator<{ name: string; some: T[] }> {
  const open = new Map<string, { some: T[]; bytes: number }>();
  const bytes = (record: T): number => new TextEncoder().encode(JSON.stringify(record)).length;
  for await (const record of records) {
    const [key, weight] = [name(record), bytes(record)];
    let batch = open.get(key) ?? { some: [], bytes: 0 };
    if (batch.some.length && (batch.some.length === PART || batch.bytes + weight > MOST_BYTES)) {
      yield { name: key, some: batch.some };
      batch = { some: [], bytes: 0 };
    }
    batch.some.push(record);
    batch.bytes += weight;
    open.set(key, batch);
  }
  for (const [key, { some }] of open) yield { name: key, some };
}
