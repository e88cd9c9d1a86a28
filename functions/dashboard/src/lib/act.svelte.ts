import type { Outcome, Trouble } from "../api/client";
import { prove } from "./prove.svelte";

/** One act at a time of a form or a page: whether it runs, and what went wrong last. */
export class Act {
  busy = $state(false);
  trouble = $state.raw<Trouble | null>(null);

  async run<T>(call: () => Promise<Outcome<T>>): Promise<Outcome<T>> {
    this.busy = true;
    this.trouble = null;
    const outcome = await prove.around(call);
    this.busy = false;
    if (!outcome.ok) this.trouble = outcome.trouble;
    return outcome;
  }
}
