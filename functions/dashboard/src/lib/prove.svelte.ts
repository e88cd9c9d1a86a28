import type { Outcome } from "../api/client";

class Prove {
  /** What goes on once the person has proved who they are, or has turned away. */
  next = $state.raw<((proved: boolean) => void) | null>(null);

  /** Runs an act; where it asks for a proof, asks the person and runs it again. */
  async around<T>(act: () => Promise<Outcome<T>>): Promise<Outcome<T>> {
    const first = await act();
    if (first.ok || first.trouble.code !== "step_up_required") return first;
    return new Promise((resolve) => (this.next = (proved) => (proved ? void act().then(resolve) : resolve(first))));
  }
}

export const prove = new Prove();
