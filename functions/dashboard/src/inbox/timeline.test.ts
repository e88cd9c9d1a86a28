import { expect, it } from "vitest";
import type { Line } from "./merge";
import { timeline } from "./timeline";

const message = (id: string, at: string) => ({ id, at, author: "fan", delivery: "received", direction: "in", kind: "text", reactions: [], spans: [], text: id }) as Line;
const note = (id: string, at: string): Line => ({ id, at, text: id });

it("mixes the lines of all conversations, newest first, and says where each stands", () => {
  const chats = [
    { id: "one", lines: [message("c", "2026-11-28T12:00:03Z"), message("a", "2026-11-28T12:00:01Z"), note("d", "2026-11-28T12:00:04.5Z")] },
    { id: "two", lines: [message("b", "2026-11-28T13:00:02+01:00")] },
  ];
  expect(timeline(chats, 20).map((it) => `${it.chat} ${it.line.id}`)).toEqual(["one d", "one c", "two b", "one a"]);
  expect(timeline(chats, 2).map((it) => it.line.id)).toEqual(["d", "c"]);
});
it("keeps the order of what came within one moment", () => {
  const at = "2026-11-28T12:00:00Z";
  expect(timeline([{ id: "one", lines: [message("second", at), message("first", at)] }], 20).map((it) => it.line.id)).toEqual(["second", "first"]);
  expect(timeline([], 20)).toEqual([]);
});
