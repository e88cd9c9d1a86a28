// When a conversation that is put away comes back. Moments are made of the reader's own days and hours, so that a change of
// the clocks in between does not shift them.

export type SnoozeKey = "later" | "tomorrow" | "week";
export interface Choice {
  key: SnoozeKey;
  at: Date;
}

const MORNING = 9;
/** What would come back later than this is no longer today's work. */
const LAST_HOUR = 22;
/** As the API has it: within a year, and a day for leap years. */
const LONGEST_MS = 366 * 24 * 3600 * 1000;

/** What can be chosen with one key, soonest first; what makes no sense now is left out. */
export function choices(now: Date): Choice[] {
  const on = (days: number, hour: number): Date => new Date(now.getFullYear(), now.getMonth(), now.getDate() + days, hour);
  const all: Choice[] = [];
  const hour = now.getHours() + 3;
  if (hour <= LAST_HOUR) all.push({ key: "later", at: on(0, hour) });
  all.push({ key: "tomorrow", at: on(1, MORNING) });
  const monday = (8 - now.getDay()) % 7 || 7;
  // On a Sunday, next week begins tomorrow.
  if (monday > 1) all.push({ key: "week", at: on(monday, MORNING) });
  return all;
}

export const isAllowed = (at: Date, now: Date): boolean => at.getTime() > now.getTime() && at.getTime() - now.getTime() <= LONGEST_MS;
/** The last moment that can be chosen. */
export const latest = (now: Date): Date => new Date(now.getTime() + LONGEST_MS - 60_000);

/** A moment as an `<input type="datetime-local">` has it: in the reader's own time. */
export function toField(at: Date): string {
  const two = (value: number): string => String(value).padStart(2, "0");
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}T${two(at.getHours())}:${two(at.getMinutes())}`;
}

/** The moment that such a field means, or null. An hour that the clocks leave out is the one after it. */
export function fromField(text: string): Date | null {
  const parts = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d)/.exec(text)?.slice(1).map(Number);
  if (!parts) return null;
  const [year, month, day, hour, minute] = parts as [number, number, number, number, number];
  const at = new Date(year, month - 1, day, hour, minute);
  return at.getMonth() === month - 1 && at.getDate() === day ? at : null;
}

/** Whether it sleeps now: a moment that has passed means that it is awake. */
export const isAsleep = (until: string | null | undefined, now: number): boolean => Boolean(until) && Date.parse(until!) > now;
