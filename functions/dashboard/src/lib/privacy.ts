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
  { what: "ai_provider", for: "erase.days", count: 30 },
  { what: "backups", for: "erase.days", count: 35 },
  { what: "tombstone", for: "erase.days", count: 45 },
  { what: "audit", for: "erase.months", count: 24 },
  { what: "request", for: "erase.months", count: 24 },
] as const;

/** Where a request stands, for its word and its colour. */
export function standing(request: PrivacyRequest, now: number): "running" | "late" | "finished" {
  if (request.state === "finished") return "finished";
  return Date.parse(request.due_at) < now ? "late" : "running";
}

/** Requests newest first, each once, as they were told last. A list does not count what runs: a number never goes back. */
export function merged(old: PrivacyRequest[], told: PrivacyRequest[]): PrivacyRequest[] {
  const byId = new Map(old.map((one) => [one.id, one]));
  for (const one of told) {
    const before = byId.get(one.id);
    if (!before || one.state === "finished" || (before.state !== "finished" && total(one.erased) >= total(before.erased))) byId.set(one.id, one);
  }
  return [...byId.values()].sort((a, b) => Date.parse(b.requested_at) - Date.parse(a.requested_at));
}

/** Letters and digits: ornaments of a name cannot be typed, and its accents need not be. */
const typable = (text: string): string => text.normalize("NFKD").toLowerCase().replace(/[^\p{L}\p{N}]/gu, "");
/** What is to be typed to confirm: the name, or a word where it has nothing that can be typed. */
export const toType = (name: string, word: string): string => (typable(name) ? name : word);
export const confirms = (typed: string, wanted: string): boolean => typable(typed) !== "" && typable(typed) === typable(wanted);
