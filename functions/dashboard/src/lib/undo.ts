// An act that is done at once and can be taken back for a while, instead of a question before it.
import type { Outcome } from "../api/client";
import { t, word } from "../i18n";
import { toasts } from "./toasts.svelte";

/** Says what was done, with a way back; a way back that fails says so. */
export function undoable(said: string, back: () => Promise<Outcome<unknown>>): void {
  const run = async (): Promise<void> => {
    const outcome = await back();
    if (!outcome.ok) toasts.show(outcome.trouble.message || word("problem", outcome.trouble.code));
  };
  toasts.show(said, { label: t("undo"), run: () => void run() });
}
