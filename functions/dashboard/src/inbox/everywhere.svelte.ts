// The conversations of all workspaces of a person as one list. Each workspace has its own pages, its own cursor and its own
// feed: one that fails is named and does not hide the others.
import type { View } from "./ahead";
import { Inbox, type Failure } from "./inbox.svelte";
import { ahead, interleave, type Row } from "./merge";

/** How long those that answered wait for the slower ones, so that nothing moves under a finger that came early. */
const TOGETHER_MS = 1500;

export class Everywhere {
  readonly bot = "";
  #parts: Inbox[];
  #late = $state(false);

  constructor(
    readonly view: View,
    workspaces: string[],
  ) {
    this.#parts = workspaces.map((workspace) => new Inbox(view, "", workspace));
  }
  entries = $derived.by((): Row[] => interleave(this.#parts.map(part)));

  get loaded(): boolean {
    return this.#parts.every((one) => one.loaded) || (this.#late && this.#parts.some((one) => one.loaded && !one.trouble));
  }
  get failures(): Failure[] {
    return this.#parts.flatMap((one) => one.failures);
  }
  start(): () => void {
    const timer = setTimeout(() => (this.#late = true), TOGETHER_MS);
    const ends = this.#parts.map((one) => one.start());
    return () => {
      clearTimeout(timer);
      for (const end of ends) end();
    };
  }
  /** The next page of the workspace that keeps older rows of the others waiting. */
  async more(): Promise<void> {
    const next = ahead(this.#parts.map(part));
    await this.#parts.find((one) => one.workspace === next)?.more();
  }
}

const part = (one: Inbox) => ({ workspace: one.workspace ?? "", entries: one.entries, hasMore: one.hasMore && !one.trouble });
