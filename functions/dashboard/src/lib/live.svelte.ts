// What changed, by asking for it. One tab asks for all; the server sets the pace, and focus asks at once.
import { api, ask, type Schemas } from "../api/client";
import { wait } from "./pace";

export type LiveEvent = Schemas["SyncEvent"];
type Told = { events: LiveEvent[]; reset: boolean };
type Heard = (told: Told) => void;

class Live {
  state = $state<"connecting" | "live" | "reconnecting" | "offline">("connecting");
  #heard = new Set<Heard>();
  #cursor: string | undefined;
  #running: AbortController | null = null;
  #wake: (() => void) | null = null;
  #failures = 0;
  #channel: BroadcastChannel | null = null;

  listen(heard: Heard): () => void {
    this.#heard.add(heard);
    return () => this.#heard.delete(heard);
  }
  /** Asks at once: after an act of one's own. */
  poke = (): void => {
    this.#channel?.postMessage({ poke: true });
    this.#wake?.();
  };

  start(workspace: string): () => void {
    this.stop();
    const name = `sofi-live-${workspace}`;
    const running = (this.#running = new AbortController());
    const { signal } = running;
    this.#channel = new BroadcastChannel(name);
    this.#channel.onmessage = ({ data }) => {
      if (data.poke) this.#wake?.();
      if (data.state) this.state = data.state;
      if (data.told) this.#tell(data.told);
    };
    addEventListener("focus", this.poke, { signal });
    addEventListener("online", this.poke, { signal });
    addEventListener("offline", () => this.#is("offline"), { signal });
    document.addEventListener("visibilitychange", () => !document.hidden && this.poke(), { signal });
    navigator.locks.request(name, { signal }, () => this.#lead(signal)).catch(() => undefined);
    return () => this.stop();
  }
  stop(): void {
    this.#running?.abort();
    this.#running = null;
    this.#wake?.();
    this.#channel?.close();
    this.#channel = null;
    this.#cursor = undefined;
    this.state = "connecting";
  }

  async #lead(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      const query = this.#cursor ? { cursor: this.#cursor } : {};
      const answer = await ask(api.GET("/api/v1/sync", { params: { query }, signal }));
      if (signal.aborted) return;
      let pace: number | undefined;
      if (answer.ok) {
        this.#failures = 0;
        pace = answer.data.next_poll_ms;
        const { events, reset, cursor } = answer.data;
        // A first answer has no events: whatever came before it is asked for by its readers.
        const told = { events, reset: reset || !this.#cursor };
        this.#cursor = cursor;
        this.#is("live");
        if (told.reset || events.length) {
          this.#channel?.postMessage({ told });
          this.#tell(told);
        }
      } else {
        if (answer.trouble.status === 401) return;
        if (answer.trouble.status === 410 || answer.trouble.code === "invalid_cursor") this.#cursor = undefined;
        this.#failures += 1;
        this.#is(navigator.onLine ? "reconnecting" : "offline");
      }
      await this.#sleep(wait({ pace, failures: this.#failures, hidden: document.hidden, chance: Math.random() }));
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
  #is(state: Live["state"]): void {
    this.state = state;
    this.#channel?.postMessage({ state });
  }
  #tell(told: Told): void {
    for (const heard of this.#heard) heard(told);
  }
}

export const live = new Live();
