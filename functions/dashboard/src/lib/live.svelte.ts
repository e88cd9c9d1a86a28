// What changed, by asking for it. One tab asks for all; the server sets the pace, and focus asks at once.
import { ask, within, type Schemas } from "../api/client";
import { wait } from "./pace";

export type LiveEvent = Schemas["SyncEvent"];
type State = "connecting" | "live" | "reconnecting" | "offline";
type Told = { events: LiveEvent[]; reset: boolean };
export type Heard = (told: Told) => void;
export interface Source {
  listen: (heard: Heard) => () => void;
}

/** One workspace's. */
class Feed implements Source {
  state = $state<State>("connecting");
  /** Whether the page works in this workspace: others are asked less often when they are many. */
  isFront = false;
  /** Whether anything was heard already. */
  hasTold = false;
  #heard = new Set<Heard>();
  #cursor: string | undefined;
  /** Whether the connection was away since anything was heard: what others asked for meanwhile failed too, and is asked for again. */
  #wasAway = false;
  #running = new AbortController();
  #wake: (() => void) | null = null;
  #failures = 0;
  #channel: BroadcastChannel;
  #api;

  constructor(workspace: string) {
    this.#api = within(workspace);
    const name = `sofi-live-${workspace}`;
    const { signal } = this.#running;
    this.#channel = new BroadcastChannel(name);
    this.#channel.onmessage = ({ data }) => {
      if (data.poke) this.#wake?.();
      if (data.state) this.state = data.state;
      if (data.told) this.#tell(data.told);
    };
    addEventListener("focus", this.poke, { signal });
    addEventListener("online", this.poke, { signal });
    addEventListener("offline", () => this.#isAway("offline"), { signal });
    document.addEventListener("visibilitychange", () => !document.hidden && this.poke(), { signal });
    navigator.locks.request(name, { signal }, () => this.#lead(signal)).catch(() => undefined);
  }
  listen(heard: Heard): () => void {
    this.#heard.add(heard);
    return () => this.#heard.delete(heard);
  }
  poke = (): void => {
    if (this.#running.signal.aborted) return;
    this.#channel.postMessage({ poke: true });
    this.#wake?.();
  };
  stop(): void {
    this.#running.abort();
    this.#wake?.();
    this.#channel.close();
  }

  async #lead(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      const query = this.#cursor ? { cursor: this.#cursor } : {};
      const answer = await ask(this.#api.GET("/api/v1/sync", { params: { query }, signal }));
      if (signal.aborted) return;
      let pace: number | undefined;
      if (answer.ok) {
        this.#failures = 0;
        pace = answer.data.next_poll_ms;
        const { events, reset, cursor } = answer.data;
        // A first answer has no events: whatever came before it is asked for by its readers.
        const told = { events, reset: reset || !this.#cursor || this.#wasAway };
        this.#cursor = cursor;
        this.#wasAway = false;
        this.#is("live");
        if (told.reset || events.length) {
          this.#channel.postMessage({ told });
          this.#tell(told);
        }
      } else {
        if (answer.trouble.status === 401) return;
        if (answer.trouble.status === 410 || answer.trouble.code === "invalid_cursor") this.#cursor = undefined;
        this.#failures += 1;
        this.#isAway(navigator.onLine ? "reconnecting" : "offline");
      }
      await this.#sleep(wait({ pace, failures: this.#failures, hidden: document.hidden, crowd: this.isFront ? 1 : feeds.size, chance: Math.random() }));
    }
  }
  #sleep(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const done = (): void => {
        clearTimeout(timer);
        this.#wake = null;
        resolve();
      };
      const timer = setTimeout(done, ms);
      this.#wake = done;
    });
  }
  #isAway(state: State): void {
    this.#wasAway = true;
    this.#is(state);
  }
  #is(state: State): void {
    this.state = state;
    this.#channel.postMessage({ state });
  }
  #tell(told: Told): void {
    this.hasTold = true;
    for (const heard of this.#heard) heard(told);
  }
}

const feeds = new Map<string, { feed: Feed; holders: number }>();
/** A workspace's feed, which runs while anybody holds it. */
export function hold(workspace: string): { feed: Feed; leave: () => void } {
  const held = feeds.get(workspace) ?? { feed: new Feed(workspace), holders: 0 };
  feeds.set(workspace, held);
  held.holders++;
  let isLeft = false;
  const leave = (): void => {
    if (isLeft) return;
    isLeft = true;
    if (--held.holders) return;
    feeds.delete(workspace);
    held.feed.stop();
  };
  return { feed: held.feed, leave };
}

/** That of the workspace in which the page works. */
class Live implements Source {
  #feed = $state.raw<Feed | null>(null);
  #heard = new Set<Heard>();

  get state(): State {
    return this.#feed?.state ?? "connecting";
  }
  listen(heard: Heard): () => void {
    this.#heard.add(heard);
    return () => this.#heard.delete(heard);
  }
  /** Asks at once: after an act of one's own. */
  poke = (): void => this.#feed?.poke();

  start(workspace: string): () => void {
    const { feed, leave } = hold(workspace);
    const tell: Heard = (told) => this.#heard.forEach((heard) => heard(told));
    const quiet = feed.listen(tell);
    feed.isFront = true;
    this.#feed = feed;
    // One that ran before has begun already: what was missed until now is asked for.
    if (feed.hasTold) tell({ events: [], reset: true });
    return () => {
      quiet();
      feed.isFront = false;
      if (this.#feed === feed) this.#feed = null;
      leave();
    };
  }
}

export const live = new Live();
