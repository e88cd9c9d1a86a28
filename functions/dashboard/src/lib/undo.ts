// An act that can be taken back for a while, instead of a question before it.
import { SvelteMap } from "svelte/reactivity";
import type { Outcome, Trouble } from "../api/client";
import { t, word } from "../i18n";
import { toasts, type Toast } from "./toasts.svelte";

/** `failed` says what it is about where that is no longer looked at. */
export const tell = (trouble: Trouble, failed = "", act?: Toast["act"]): unknown => toasts.show(`${failed} ${trouble.message || word("problem", trouble.code)}`.trim(), act);

/** Says what was done, with a way back; a way back that fails says so. Gives the notice's number. */
export function undoable(said: string, back: () => Promise<Outcome<unknown>>): number {
  const run = async (): Promise<void> => {
    const outcome = await back();
    if (!outcome.ok) tell(outcome.trouble);
  };
  return toasts.show(said, { label: t("undo"), run: () => void run() });
}

// A map, as the page has that kind already.
const taken = new SvelteMap<string, true>();
/** Whether it was taken away on this page: then it is shown nowhere, before and after the API is told. */
export const isTaken = (name: string): boolean => taken.has(name);

/** What could not be brought back as it was only hides while that can be undone; `gone` tells the API after that, and `failed` says that it could not. Gives the notice's number. */
export function takeAway(name: string, said: string, gone: () => Promise<Outcome<unknown>>, failed?: string): number {
  const back = (): void => void taken.delete(name);
  const end = async (): Promise<void> => {
    const outcome = await gone();
    // Somebody else was faster.
    if (outcome.ok || outcome.trouble.status === 404) return;
    back();
    tell(outcome.trouble, failed);
  };
  taken.set(name, true);
  return toasts.show(said, { label: t("undo"), run: back }, end);
}
