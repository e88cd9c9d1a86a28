// Numbers and moments in the reader's language.

import { locale } from "./locale.svelte";

// Making one takes longer than writing with it, and a list writes hundreds.
const made = new Map<string, Intl.DateTimeFormat>();
function written(at: Date, how: Intl.DateTimeFormatOptions): string {
  const name = `${locale()} ${Object.keys(how).join()}`;
  let format = made.get(name);
  if (!format) made.set(name, (format = new Intl.DateTimeFormat(locale(), how)));
  return format.format(at);
}

export const clock = (at: string): string => written(new Date(at), { hour: "2-digit", minute: "2-digit" });
export const day = (at: string): string => written(new Date(at), { weekday: "short", day: "numeric", month: "short", year: "numeric" });
export const moment = (at: string): string => written(new Date(at), { dateStyle: "medium", timeStyle: "short" });
/** A moment to come: by the day of the week while that can mean one day only. */
export function soon(at: string, now = Date.now()): string {
  const date = Date.parse(at) - now < 6 * 86_400_000 ? {} : ({ day: "numeric", month: "short" } as const);
  return written(new Date(at), { weekday: "short", ...date, hour: "2-digit", minute: "2-digit" });
}
export const number = (value: number): string => new Intl.NumberFormat(locale()).format(value);
/** Millionths of a US dollar. */
export const money = (microUsd: number): string =>
  new Intl.NumberFormat(locale(), { style: "currency", currency: "USD", maximumFractionDigits: 4 }).format(microUsd / 1e6);
/** The name of a language whose tag Telegram told; the tag itself where it is none, or nobody knows it. */
export function language(tag: string): string {
  try {
    return new Intl.DisplayNames(locale(), { type: "language" }).of(tag) ?? tag;
  } catch {
    return tag;
  }
}

let relativeOf = "";
let relative: Intl.RelativeTimeFormat | undefined;
/** How long ago, in the largest unit that is not zero. */
export function ago(at: string, now = Date.now()): string {
  const seconds = Math.round((Date.parse(at) - now) / 1000);
  if (relativeOf !== locale()) [relativeOf, relative] = [locale(), new Intl.RelativeTimeFormat(locale(), { numeric: "auto", style: "narrow" })];
  const format = relative!;
  const size = Math.abs(seconds);
  if (size < 60) return format.format(0, "minute");
  if (size < 3600) return format.format(Math.trunc(seconds / 60), "minute");
  if (size < 86400) return format.format(Math.trunc(seconds / 3600), "hour");
  return format.format(Math.trunc(seconds / 86400), "day");
}

/** Minutes and seconds until a moment: "4:09"; an hour and more as "1:04:09". Never negative. */
export function left(until: string, now: number): string {
  const total = Math.max(0, Math.ceil((Date.parse(until) - now) / 1000));
  const [hours, minutes, seconds] = [Math.floor(total / 3600), Math.floor((total % 3600) / 60), total % 60];
  const two = (value: number): string => String(value).padStart(2, "0");
  return hours ? `${hours}:${two(minutes)}:${two(seconds)}` : `${minutes}:${two(seconds)}`;
}

/** Whether two moments fall on the same day where the reader is. */
export const sameDay = (a: string, b: string): boolean => new Date(a).toDateString() === new Date(b).toDateString();
