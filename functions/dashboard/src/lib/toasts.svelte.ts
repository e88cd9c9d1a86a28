// Short notices, one below the other. One with an act (undo) stays long enough to be reached.

export interface Toast {
  id: number;
  text: string;
  act?: { label: string; run: () => void };
  /** Called once the act can no longer be chosen; what it does may take its time. */
  ended?: () => unknown;
}

class Toasts {
  all = $state<Toast[]>([]);
  #next = 1;
  #timers = new Map<number, ReturnType<typeof setTimeout>>();
  /** What follows notices that have gone, as far as it is under way. */
  #ends: Promise<unknown> = Promise.resolve();

  constructor() {
    // A page that is left takes nothing back any more.
    globalThis.addEventListener?.("pagehide", () => void this.endAll());
  }
  /** The newest one that offers an act. */
  get offer(): Toast | undefined {
    return this.all.filter((one) => one.act).at(-1);
  }
  show(text: string, act?: Toast["act"], ended?: Toast["ended"]): number {
    const id = this.#next++;
    for (const old of this.all.slice(0, -2)) this.close(old.id);
    this.all = [...this.all, { id, text, ...(act ? { act } : {}), ...(ended ? { ended } : {}) }];
    this.resume(id);
    return id;
  }
  close(id: number): void {
    const end = this.#take(id)?.ended?.();
    if (end) this.#ends = Promise.allSettled([this.#ends, end]).then(() => null);
  }
  /** Says something else in its place, after which nothing can be chosen and nothing follows; one that has gone stays so. */
  replace(id: number, text: string): void {
    if (!this.all.some((one) => one.id === id)) return;
    this.all = this.all.map((one) => (one.id === id ? { id, text } : one));
    this.resume(id);
  }
  /** Runs the act instead of what would follow without it. */
  act(id: number): void {
    const toast = this.#take(id);
    toast?.act?.run();
  }
  /** Comes true once all that follows is done, of notices that went before as well. */
  endAll(): Promise<unknown> {
    for (const toast of [...this.all]) this.close(toast.id);
    return this.#ends;
  }
  /** Takes all away, and nothing follows. */
  drop(): void {
    for (const toast of [...this.all]) this.#take(toast.id);
  }
  pause(id: number): void {
    clearTimeout(this.#timers.get(id));
    this.#timers.delete(id);
  }
  resume(id: number): void {
    this.pause(id);
    this.#timers.set(id, setTimeout(() => this.close(id), 8000));
  }
  #take(id: number): Toast | undefined {
    this.pause(id);
    const toast = this.all.find((one) => one.id === id);
    this.all = this.all.filter((one) => one.id !== id);
    return toast;
  }
}

export const toasts = new Toasts();
