// Choosing a saved reply while typing: a slash at the beginning of a word, and what follows it up to the caret.

export interface Slash {
  /** Where the slash stands. */
  from: number;
  query: string;
}

/** The slash that is being typed, or null. Inside a word or an address a slash is just a slash. */
export function slash(text: string, caret: number): Slash | null {
  const found = /(^|\s)\/([\p{L}\p{N}_.-]{0,40})$/u.exec(text.slice(0, caret));
  return found ? { from: caret - found[2]!.length - 1, query: found[2]! } : null;
}

/** Those that fit, best first: by the beginning of the shortcut, then by what is in it, then by the words. */
export function fitting<T extends { shortcut: string; text: string }>(replies: T[], query: string): T[] {
  const wanted = query.toLowerCase();
  const rank = (one: T): number => {
    const shortcut = one.shortcut.toLowerCase();
    if (shortcut.startsWith(wanted)) return 0;
    if (shortcut.includes(wanted)) return 1;
    return one.text.toLowerCase().includes(wanted) ? 2 : 3;
  };
  return replies
    .map((one) => ({ one, rank: rank(one) }))
    .filter((it) => it.rank < 3)
    .sort((a, b) => a.rank - b.rank || a.one.shortcut.localeCompare(b.one.shortcut))
    .map((it) => it.one);
}

/** The text with the reply in the slash's place, and where the caret is then. */
export function insert(text: string, at: Slash, reply: string): { text: string; caret: number } {
  const caret = at.from + reply.length;
  return { text: text.slice(0, at.from) + reply + text.slice(at.from + 1 + at.query.length), caret };
}
