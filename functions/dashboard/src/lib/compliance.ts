// Requests that reached our staff: where one stands, and which of its clocks counts.
import type { Schemas, Trouble } from "../api/client";
import { moment } from "./audit";

export type Case = Schemas["ComplianceRequest"];
export type Detail = Schemas["ComplianceRequestDetail"];

/** So long before its end a clock is shown as running out, in milliseconds. */
const SOON = 5 * 86_400_000;

/** By when it is answered: a longer time counts once it was said. */
export const due = (it: Case): string => it.extended_to ?? it.due_at;

/** Every standing has a word. */
export const STANDINGS = ["overdue", "soon", "extended", "open", "approved", "refused", "closed"] as const;
export type Standing = (typeof STANDINGS)[number];
/** Where a request stands, for its word and its colour. */
export function standing(it: Case, now: number): Standing {
  if (it.state !== "open") return it.state;
  const left = Date.parse(due(it)) - now;
  if (left < 0) return "overdue";
  if (left < SOON) return "soon";
  return it.extended_to ? "extended" : "open";
}

/** What is to be decided stands first, the most urgent at the top; then what was decided, newest first as it is told. */
export function ordered(all: Case[]): Case[] {
  const open = all.filter((one) => one.state === "open").sort((a, b) => Date.parse(due(a)) - Date.parse(due(b)));
  return [...open, ...all.filter((one) => one.state !== "open")];
}

/** The same with one request as it is now; one of a workspace that was left meanwhile changes nothing. */
export const replaced = (all: Case[], it: Case, workspace: string): Case[] => (it.workspace_id === workspace ? ordered([it, ...all.filter((other) => other.id !== it.id)]) : all);

/** Whether another request is written down already under the key of one that did not succeed. Any other refusal leaves nothing under it. */
export const usesUp = ({ code }: Pick<Trouble, "code">): boolean => code === "idempotency_key_reused";

/** That whoever asked was told is written down once, while something may still be said to them. */
export const mayAcknowledge = (it: Case): boolean => !it.acknowledged_at && (it.state === "open" || it.state === "approved");

/** The moment that is written down for a day on which whoever asked was told: its end, so that it is not before the request came on
 * that day; none for today, which is now. */
export function toldAt(day: string, now: number): string | undefined {
  const end = day && moment(day, true);
  return end && !(Date.parse(end) >= now && Date.parse(moment(day, false)) <= now) ? end : undefined;
}

/** A request takes longer once, and that is said while its first time runs. */
export const mayExtend = (it: Case, now: number): boolean => it.state === "open" && !it.extended_to && now < Date.parse(it.due_at);

export const LAWS: Schemas["Law"][] = ["gdpr", "ccpa"];
export const GROUNDS: Schemas["RefusalGround"][] = ["identity_not_verified", "manifestly_unfounded", "excessive", "rights_of_others", "nothing_held", "withdrawn"];

/** The place of a workspace's requests, or of one of them. */
export const place = (workspace: string, request = ""): string => `/compliance?${new URLSearchParams(request ? { workspace, case: request } : { workspace })}`;

/** Telegram's ids of people are numbers of at most 52 bits. */
const LARGEST_ID = 2 ** 52 - 1;
/** Whom a search is for: digits alone are Telegram's id, anything with an at sign an address. */
export function sought(text: string): { telegram_id: number } | { email: string } | null {
  const word = text.trim();
  if (word.includes("@")) return { email: word };
  const id = Number(word);
  return /^\d+$/.test(word) && id > 0 && id <= LARGEST_ID ? { telegram_id: id } : null;
}
