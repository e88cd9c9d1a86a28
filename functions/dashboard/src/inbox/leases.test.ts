import { beforeEach, expect, it, vi } from "vitest";
import { noteHold } from "./leases";
import type { Entry } from "./merge";

const told = vi.hoisted(() => [] as string[]);
vi.mock("../lib/session.svelte", () => ({ session: { workspace: { id: "tnt_1" }, me: { id: "usr_me" } } }));
vi.mock("../lib/team.svelte", () => ({ team: { named: () => Promise.resolve("Lea") } }));
vi.mock("../lib/toasts.svelte", () => ({ toasts: { show: (text: string) => told.push(text) } }));

let chats = 0;
let id = "";
beforeEach(() => {
  told.length = 0;
  id = `cnv_${++chats}`;
});
const held = (by: string, since: string): Entry =>
  ({ id, name: "Ned", hold: { by, reason: "person", since: `2026-11-28T10:${since}:00Z`, until: `2026-11-28T11:${since}:00Z` } }) as Entry;
const settled = (): Promise<void> => new Promise((done) => setTimeout(done));

it("whoever loses a conversation is told once to whom, also where an older answer comes late", async () => {
  for (const one of [held("usr_me", "00"), held("usr_lea", "05"), held("usr_me", "00"), held("usr_lea", "05")]) noteHold(one, undefined);
  await settled();
  expect(told).toEqual(["Lea has taken over the chat with Ned."]);
});
it("of another workspace than that in which the page works nothing is told, as nobody there has a name here", async () => {
  for (const one of [held("usr_me", "00"), held("usr_lea", "05")]) noteHold(one, "tnt_2");
  await settled();
  expect(told).toEqual([]);
  for (const one of [held("usr_me", "00"), held("usr_lea", "05")]) noteHold(one, "tnt_1");
  await settled();
  expect(told.length).toBe(1);
});
