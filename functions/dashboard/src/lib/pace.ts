// How long to wait before asking again.

/** Hidden tabs ask at most this often, in milliseconds. */
const HIDDEN_MS = 60_000;
const LONGEST_MS = 60_000;
/** Of so many workspaces a page asks without making them wait for each other. */
const UNHURRIED = 3;

/**
 * Milliseconds until the next question: what the server said, or doubling from one second after failures; a fifth more or
 * less by `chance` (0 to 1), so that tabs which lost the connection together do not come back together. `crowd` says how many
 * workspaces the page asks for.
 */
export function wait(facts: { pace?: number | undefined; failures: number; hidden: boolean; chance: number; crowd?: number }): number {
  const base = facts.failures ? Math.min(LONGEST_MS, 1000 * 2 ** (facts.failures - 1)) : (facts.pace ?? 3000) * Math.max(1, (facts.crowd ?? 1) / UNHURRIED);
  const paced = facts.hidden ? Math.max(base, HIDDEN_MS) : base;
  return Math.round(paced * (0.8 + 0.4 * facts.chance));
}
