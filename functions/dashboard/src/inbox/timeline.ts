// The newest lines of several conversations, together.
import type { Line } from "./merge";

export interface Said {
  /** The conversation in which it stands. */
  chat: string;
  line: Line;
}

/** Newest first. Of one moment, those of one conversation stay as they were given. */
export function timeline(chats: { id: string; lines: Line[] }[], most: number): Said[] {
  const all = chats.flatMap(({ id, lines }) => lines.map((line) => ({ chat: id, line, at: Date.parse(line.at) })));
  return all.sort((a, b) => b.at - a.at).slice(0, most).map(({ chat, line }) => ({ chat, line }));
}
