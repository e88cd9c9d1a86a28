// Which lines of a long chat are in the page: some around what is looked at, so that 20,000 messages are few nodes. Lines are
// of any height, so nothing is guessed: as the person nears an edge, lines are added there, others are taken away at the far
// edge, and what is looked at stays where it is.
import { tick, untrack } from "svelte";
import type { Line } from "./merge";

/** Lines at first, most lines in the page, and how many come at once. */
const FIRST = 60;
const MOST = 90;
const STEP = 10;
/** How near an edge is near, in heights of what is seen. */
const NEAR = 1.2;

export class Shown {
  /** What stands first in the page; null for as many as fit before the end. */
  #first = $state.raw<string | null>(null);
  #count = $state(FIRST);
  #lines: () => Line[];
  #older: () => (() => Promise<void>) | null;
  #moving = false;
  #asking = false;
  #keeping = false;
  /** By how much what is looked at stands too high because nothing is above it yet: the lines that come there make up for it. */
  #owed = 0;
  /** Whether the newest is looked at: then whatever comes is shown. */
  atEnd = $state(true);

  /** `older` gives what fetches the lines before all that are loaded, while there are any. */
  constructor(lines: () => Line[], older: () => (() => Promise<void>) | null) {
    this.#lines = lines;
    this.#older = older;
  }
  from = $derived.by(() => {
    const lines = this.#lines();
    const last = Math.max(0, lines.length - this.#count);
    if (this.#first === null) return last;
    const at = lines.findIndex((one) => one.id === this.#first);
    return at < 0 ? last : at;
  });
  to = $derived.by(() => (this.#first === null ? this.#lines().length : Math.min(this.#lines().length, this.from + this.#count)));
  get hasNewer(): boolean {
    return this.to < this.#lines().length;
  }

  /** To the newest. */
  async toEnd(log: HTMLElement | undefined): Promise<void> {
    this.#first = null;
    this.#count = FIRST;
    await tick();
    log?.scrollTo({ top: log.scrollHeight });
  }
  async scrolled(log: HTMLElement): Promise<void> {
    const { scrollTop, scrollHeight, clientHeight } = log;
    const below = scrollHeight - scrollTop - clientHeight;
    this.atEnd = !this.hasNewer && below < 60;
    if (this.atEnd) this.#first = null;
    // Whoever reads older lines keeps them when new ones come.
    else if (this.#first === null) this.#hold(this.from, this.to);
    const near = clientHeight * NEAR;
    const isUp = scrollTop < near;
    if (isUp && this.from < STEP) void this.#fetch(log);
    if (this.#moving || !(isUp ? this.from > 0 : below < near && this.hasNewer)) return;
    this.#moving = true;
    await this.#move(isUp);
    this.#moving = false;
    this.#owed = 0;
  }
  async #fetch(log: HTMLElement): Promise<void> {
    const older = this.#older();
    if (!older || this.#asking) return;
    this.#asking = true;
    await older();
    this.#asking = false;
    await tick();
    if (log.isConnected) await this.scrolled(log);
  }
  async #move(isUp: boolean): Promise<void> {
    if (isUp) this.#hold(this.from - STEP, this.to);
    else this.#hold(Math.max(this.from, this.to + STEP - MOST), this.to + STEP);
    await tick();
  }
  /** Called before the page changes: what is looked at is in the same place after it, and the keyboard still has a place. */
  async keep(log: HTMLElement): Promise<void> {
    // Several changes at once are one: the place is that before the first.
    if (this.#keeping) return;
    this.#keeping = true;
    const edge = log.getBoundingClientRect().top;
    const anchor = [...log.querySelectorAll("article")].find((one) => one.getBoundingClientRect().bottom > edge);
    const before = (anchor?.getBoundingClientRect().top ?? 0) + this.#owed;
    const hadFocus = log.contains(document.activeElement);
    await tick();
    this.#keeping = false;
    this.#owed = 0;
    if (anchor?.isConnected) {
      const wanted = log.scrollTop + anchor.getBoundingClientRect().top - before;
      log.scrollTop = wanted;
      if (wanted < 0) this.#owed = -wanted;
    }
    if (hadFocus && !log.contains(document.activeElement)) log.focus({ preventScroll: true });
  }
  #hold(from: number, to: number): void {
    const lines = untrack(this.#lines);
    const begin = Math.max(0, from);
    this.#first = lines[begin]?.id ?? null;
    this.#count = Math.min(MOST, to - begin);
  }
}
