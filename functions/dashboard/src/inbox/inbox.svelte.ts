// The list of conversations: paged by cursor, kept right by the sync feed.
import { within, type Trouble } from "../api/client";
import { withoutChats } from "../lib/erased";
import { few } from "../lib/few";
import { hold, live } from "../lib/live.svelte";
import { calm } from "../lib/paint";
import { router } from "../lib/router.svelte";
import { firstPage, PAGE, pageOf, type View } from "./ahead";
import { noteHold } from "./leases";
import { mergeFirst, type Entry, type Row } from "./merge";

/** What is done or snoozed stays in these. */
export const keepsAll = (view: View): boolean => view === "all" || view === "done" || view === "care" || view === "unsent";
/** What could not be loaded, and of which workspace where there are several. */
export interface Failure {
  workspace: string | undefined;
  trouble: Trouble;
  retry: () => void;
}
/** What a list of conversations is to those who show it. */
export interface Listed {
  readonly view: View;
  readonly bot: string;
  readonly entries: Row[];
  readonly loaded: boolean;
  readonly failures: Failure[];
  start: () => () => void;
  more: () => Promise<void>;
}
/** Of many workspaces some are asked at once. */
const some = few(4);

export class Inbox implements Listed {
  entries = $state.raw<Entry[]>([]);
  loaded = $state(false);
  trouble = $state.raw<Trouble | null>(null);
  #next = $state<string | undefined>();
  #turn = 0;
  #fetching = false;

  /** `workspace` makes it a part of a list over several: else it is the one in which the page works. */
  constructor(
    readonly view: View,
    readonly bot: string,
    readonly workspace?: string,
  ) {}
  get hasMore(): boolean {
    return this.#next !== undefined;
  }
  get failures(): Failure[] {
    return this.trouble ? [{ workspace: this.workspace, trouble: this.trouble, retry: () => void this.refresh() }] : [];
  }

  start(): () => void {
    void this.refresh();
    let waiting: ReturnType<typeof setTimeout> | undefined;
    const held = this.workspace ? hold(this.workspace) : null;
    const quiet = (held?.feed ?? live).listen(({ events, reset }) => {
      if (!reset && !events.length) return;
      clearTimeout(waiting);
      waiting = setTimeout(() => void this.refresh(), 50);
    });
    return () => {
      clearTimeout(waiting);
      quiet();
      held?.leave();
      this.#turn++;
    };
  }
  #page(cursor?: string): ReturnType<typeof pageOf> {
    const { view, bot, workspace } = this;
    if (workspace) return some(() => pageOf(view, bot, cursor, within(workspace)));
    return this.loaded ? pageOf(view, bot, cursor) : firstPage(view, bot, router.place.workspace);
  }
  async refresh(): Promise<void> {
    const turn = ++this.#turn;
    const answer = await this.#page();
    await calm();
    if (turn !== this.#turn) return;
    this.loaded = true;
    if (!answer.ok) return void (this.trouble = answer.trouble);
    this.trouble = null;
    const { conversations, next_cursor: next } = answer.data;
    for (const one of conversations) noteHold(one, this.workspace);
    const first = this.entries.length <= PAGE;
    this.entries = withoutChats(mergeFirst(this.entries, conversations, !next));
    if (first || !next) this.#next = next ?? undefined;
  }
  /** The page after what is loaded, when the list's end comes near. */
  async more(): Promise<void> {
    if (!this.#next || this.#fetching) return;
    this.#fetching = true;
    const answer = await this.#page(this.#next);
    this.#fetching = false;
    if (!answer.ok) return void (this.trouble = answer.trouble);
    const seen = new Set(this.entries.map((one) => one.id));
    this.entries = withoutChats([...this.entries, ...answer.data.conversations.filter((one) => !seen.has(one.id))]);
    this.#next = answer.data.next_cursor ?? undefined;
  }
}
