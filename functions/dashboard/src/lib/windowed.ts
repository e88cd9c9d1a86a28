// Which rows of a long list are on screen: rows have one height.

/** First row and the one after the last, with `spare` rows on either side. */
export function windowed(all: number, row: number, top: number, height: number, spare = 6): { from: number; to: number } {
  const from = Math.max(0, Math.floor(top / row) - spare);
  const to = Math.min(all, Math.ceil((top + height) / row) + spare);
  return { from: Math.min(from, to), to };
}
