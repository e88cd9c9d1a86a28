// Which bot the readiness page is about, and whether a person has said that it is theirs: both stand in its address, which
// outlives a reload.
import type { Schemas } from "../api/client";

type Said = Pick<Schemas["MessageOut"], "direction" | "text">;
type Bot = Pick<Schemas["BotOut"], "id" | "state">;

/** The connected bot that the address names, else the first one; none where one more is to be connected. */
export function askedFor<T extends Bot>(bots: T[], query: URLSearchParams): T | undefined {
  const wanted = query.get("bot");
  if (wanted === "new") return undefined;
  const connected = bots.filter((one) => one.state === "connected");
  return connected.find((one) => one.id === wanted) ?? connected[0];
}
/** A word for one bot says nothing about another. */
export const isMine = (bot: Bot | undefined, query: URLSearchParams): boolean => bot !== undefined && query.get("bot") === bot.id && query.has("mine");

/** What a fan said last, or nothing: to press Start says nothing, and the bot's own words are not the fan's. Newest first. */
export const saidLast = (messages: Said[]): string => messages.find((one) => one.direction === "in" && one.text && !/^\/start\b/.test(one.text))?.text ?? "";

export const another = (bot: string): string => `/start?bot=${bot}`;
export const yes = (bot: Bot): string => `${another(bot.id)}&mine`;
