// Requests about personal data: what was deleted and what remains, in groups that people have words for.
import type { Schemas } from "../api/client";

export type PrivacyRequest = Schemas["PrivacyRequest"];

/** In the order in which they matter. A group is shown also when it is empty: nothing moves while numbers grow. */
export const GROUPS = ["messages", "conversations", "profile", "notes", "facts", "drafts", "queued", "answers", "keys", "rest"] as const;
export type Group = (typeof GROUPS)[number];
/**
 * Where kinds of rows belong. Those that only lead to others, so that each thing is counted once, those that say nothing to
 * people, and those that we do not know, are the rest.
 */
const KINDS: Record<string, Group> = {
  message: "messages",
  conversation: "conversations",
  fan: "profile",
  note: "notes",
  fact: "facts",
  draft: "drafts",
  outbox: "queued",
  trace: "answers",
  turn: "answers",
  answered: "answers",
  answering: "answers",
  hold: "answers",
  fan_key: "keys",
};

/** How many rows of each group were deleted; every row counts in one group. */
export function groups(erased: PrivacyRequest["erased"]): { group: Group; rows: number }[] {
  const of = (group: Group): number => total(erased.filter((one) => (Object.hasOwn(KINDS, one.kind) ? KINDS[one.kind] : "rest") === group));
  return GROUPS.map((group) => ({ group, rows: of(group) }));
}
export const total = (erased: PrivacyRequest["erased"]): number => erased.reduce((sum, one) => sum + one.rows, 0);

/** What outlives an erasure, and for how long at most: told before it, as the record tells it afterwards. */
export const REMAINS = [
  { what: "readable_backups", for: "erase.days", count: 7 },
  { what: "queues", for: "erase.days", count: 22 },
  { what: "ai_provider", for: "erase.days", count: 30 },
  { what: "backups", for: "erase.days", count: 35 },
  { what: "tombstone", for: "erase.days", count: 45 },
  { what: "audit", for: "erase.months", count: 24 },
  { what: "request", for: "erase.months", count: 24 },
] as const;

/** How long the file of an export is there. */
const EXPORT_LASTS = 7 * 86_400_000;
/** Until when the file of an export that is done can be downloaded. A list does not say it: it follows from when it was ready. */
export function fileUntil(request: PrivacyRequest): string | null {
  if (request.kind !== "export" || request.state !== "finished") return null;
  const follows = request.finished_at ? new Date(Date.parse(request.finished_at) + EXPORT_LASTS).toISOString() : null;
  return request.export?.until ?? follows;
}

/** Every standing has a word. */
export const STANDINGS = ["running", "late", "finished", "ready", "over", "withdrawn"] as const;
export type Standing = (typeof STANDINGS)[number];
/** Where a request stands, for its word and its colour. What is finished of an export is ready until its file goes. */
export function standing(request: PrivacyRequest, now: number): Standing {
  if (request.state === "withdrawn") return "withdrawn";
  const until = fileUntil(request);
  if (until) return now < Date.parse(until) ? "ready" : "over";
  if (request.state === "finished") return "finished";
  return Date.parse(request.due_at) < now ? "late" : "running";
}
/** Whether something is still to be done for it. */
export const isOpen = (request: PrivacyRequest): boolean => request.state === "running";

/** So long after an erasure its certificate is waited for: what was erased before there were any has none. */
const SIGNED_WITHIN = 3_600_000;
/** Whether an erasure is over and its certificate is still to come. */
export const owesCertificate = (request: PrivacyRequest, now: number): boolean =>
  request.kind === "erasure" && !!request.finished_at && !request.certified && now < Date.parse(request.finished_at) + SIGNED_WITHIN;

/** A request goes from one to the next only: what says less came late. */
const STATES: PrivacyRequest["state"][] = ["running", "finished", "withdrawn"];
const count = (request: PrivacyRequest): number => total(request.erased) + (request.export?.records ?? 0);
function newer(before: PrivacyRequest | undefined, told: PrivacyRequest): PrivacyRequest {
  const further = before ? STATES.indexOf(told.state) - STATES.indexOf(before.state) : 1;
  if (!before || further > 0) return told;
  if (further < 0 || (isOpen(told) && count(told) < count(before)) || (before.certified && !told.certified)) return before;
  return before.export && !told.export ? { ...told, export: before.export } : told;
}
/**
 * Requests newest first, each once, as they were told last. A list neither counts what runs nor tells of files: a number
 * never goes back, and a file that is known stays.
 */
export function merged(old: PrivacyRequest[], told: PrivacyRequest[]): PrivacyRequest[] {
  const byId = new Map(old.map((one) => [one.id, one]));
  for (const one of told) byId.set(one.id, newer(byId.get(one.id), one));
  return [...byId.values()].sort((a, b) => Date.parse(b.requested_at) - Date.parse(a.requested_at));
}

const UNITS = ["byte", "kilobyte", "megabyte", "gigabyte"] as const;
/** How large a file is, in words of the reader's language. */
export function size(bytes: number, locale: string): string {
  let [value, step] = [bytes, 0];
  for (; value >= 1000 && step < UNITS.length - 1; step++) value /= 1000;
  const how = { style: "unit", unit: UNITS[step] ?? "byte", unitDisplay: step ? "short" : "long", maximumFractionDigits: step ? 1 : 0 } as const;
  return new Intl.NumberFormat(locale, how).format(value);
}

/** Letters and digits: ornaments of a name cannot be typed, and its accents need not be. */
const typable = (text: string): string => text.normalize("NFKD").toLowerCase().replace(/[^\p{L}\p{N}]/gu, "");
/** What is to be typed to confirm: the name, or a word where it has nothing that can be typed. */
export const toType = (name: string, word: string): string => (typable(name) ? name : word);
export const confirms = (typed: string, wanted: string): boolean => typable(typed) !== "" && typable(typed) === typable(wanted);
