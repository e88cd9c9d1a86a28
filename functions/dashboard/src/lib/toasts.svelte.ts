// Short notices, one below the other. One with an act (undo) stays long enough to be reached.

export interface Toast {
  id: number;
  text: string;
  act?: { label: string; run: () => void };
}

class Toasts {
  all = $state<Toast[]>([]);
  #next = 1;
  #timers = new Map<number, ReturnType<typeof setTimeout>>();

  show(text: string, act?: Toast["act"]): number {
    const id = this.#next++;
    this.all = [...this.all.slice(-2), { id, text, ...(act ? { act } : {}) }];
    this.resume(id);
    return id;
  }
  close(id: number): void {
    this.pause(id);
    this.all = this.all.filter((toast) => toast.id !== id);
  }
  pause(id: number): void {
    clearTimeout(this.#timers.get(id));
    this.#timers.delete(id);
  }
  resume(id: number): void {
    this.pause(id);
    this.#timers.set(id, setTimeout(() => this.close(id), 8000));
  }
}

export const toasts = new Toasts();
