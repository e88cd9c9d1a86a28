// The list of conversations: paged by cursor, kept right by the sync feed.
import type { Trouble } from "../api/client";
import { withoutChats } from "../lib/erased";
import { live } from "../lib/live.svelte";
import { router } from "../lib/router.svelte";
import { firstPage, PAGE, pageOf, type View } from "./ahead";
import { mergeFirst, type Entry } from "./merge";

/** What is done or snoozed stays in these. */
export const keepsAll = (view: View): boolean => view === "all" || view === "done" || view === "care";

export class Inbox {
  entries = $state.raw<Entry[]>([]);
  loaded = $state(false);
  trouble = $state.raw<Trouble | null>(null);
  #next: string | undefined;
  #turn = 0;
  #fetching = false;

  constructor(
    readonly view: View,
    readonly bot: string,
  ) {}

  start(): () => void {
    void this.refresh();
    let waiting: ReturnType<typeof setTimeout> | undefined;
    const quiet = live.listen(({ events, reset }) => {
      if (!reset && !events.length) return;
      clearTimeout(waiting);
      waiting = setTimeout(() => void this.refresh(), 50);
    });
    return () => {
      clearTimeout(waiting);
      quiet();
      this.#turn++;
    };
  }
  async refresh(): Promise<void> {
    const turn = ++this.#turn;
    const answer = await (this.loaded ? pageOf(this.view, this.bot) : firstPage(this.view, this.bot, router.place.workspace));
    if (turn !== this.#turn) return;
    this.loaded = true;
    if (!answer.ok) return void (this.trouble = answer.trouble);
    this.trouble = null;
    const { conversations, next_cursor: next } = answer.data;
    const first = this.entries.length <= PAGE;
    this.entries = withoutChats(mergeFirst(this.entries, conversations, !next));
    if (first || !next) this.#next = next ?? undefined;
  }
  /** The page after what is loaded, when the list's end comes near. */
  async more(): Promise<void> {
    if (!this.#next || this.#fetching) return;
    this.#fetching = true;
    const answer = await pageOf(this.view, this.bot, this.#next);
    this.#fetching = false;
    if (!answer.ok) return void (this.trouble = answer.trouble);
    const seen = new Set(this.entries.map((one) => one.id));
    this.entries = withoutChats([...this.entries, ...answer.data.conversations.filter((one) => !seen.has(one.id))]);
    this.#next = answer.data.next_cursor ?? undefined;
  }
}
