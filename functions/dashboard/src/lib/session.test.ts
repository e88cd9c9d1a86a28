import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { Message } from "../inbox/merge";

/** Who the API says is there, and whom it tells that nobody is. */
const world = vi.hoisted(() => ({ who: null as string | null, refuse: (): void => undefined }));
vi.mock("../api/client", () => ({
  api: { GET: () => null },
  callFor: () => null,
  whenLoggedOut: (call: () => void) => void (world.refuse = call),
  ask: () => {
    if (world.who) return Promise.resolve({ ok: true, data: { id: world.who, workspaces: [] } });
    world.refuse();
    return Promise.resolve({ ok: false, trouble: { status: 401 } });
  },
}));
vi.mock("./router.svelte", () => ({ router: { place: { workspace: null, query: new URLSearchParams() } } }));

const settled = (): Promise<void> => new Promise((done) => setTimeout(done));
/** What the other tabs are told. */
let told = 0;
/** Where the page went as a whole. */
let gone: string[] = [];
let channel: { onmessage?: () => void };
let focus: () => void;

async function fresh() {
  vi.resetModules();
  const [{ session }, { begun }] = await Promise.all([import("./session.svelte"), import("./begun.svelte")]);
  session.start();
  world.who = "usr_nova";
  await session.load();
  begun.keep("cnv_1", "half a thou");
  return { session, begun };
}
let session: Awaited<ReturnType<typeof fresh>>["session"];
let begun: Awaited<ReturnType<typeof fresh>>["begun"];
beforeEach(async () => {
  [told, gone] = [0, []];
  vi.stubGlobal("BroadcastChannel", class {
    onmessage?: () => void;
    constructor() {
      channel = this;
    }
    postMessage = (): unknown => told++;
  });
  vi.stubGlobal("addEventListener", (kind: string, heard: () => void) => void (kind === "focus" && (focus = heard)));
  vi.stubGlobal("removeEventListener", () => undefined);
  vi.stubGlobal("location", { replace: (to: string) => gone.push(to) });
  ({ session, begun } = await fresh());
});
afterEach(() => void vi.unstubAllGlobals());

/** The API refuses whatever is asked next. */
async function end(): Promise<void> {
  world.who = null;
  await session.loadMe();
}

it("what was begun when a session ends is there again for the same person, with what was refused for that", async () => {
  await end();
  begun.keepUnsent("cnv_1", [{ id: "msg_1" } as Message]);
  expect([session.state, session.hasEnded, session.me]).toEqual(["out", true, null]);
  world.who = "usr_nova";
  await session.load();
  expect([session.state, session.hasEnded, begun.get("cnv_1"), begun.unsent("cnv_1").length, gone]).toEqual(["in", false, "half a thou", 1, []]);
});
it("whoever else logs in finds a page that has begun anew, and nothing of what was begun", async () => {
  await end();
  world.who = "usr_uma";
  void session.load();
  await settled();
  expect([gone, session.me, begun.waits(), told]).toEqual([["/"], null, false, 1]);
  // What the other tabs answer finds it on its way.
  channel.onmessage?.();
  await settled();
  expect([gone, told]).toEqual([["/"], 1]);
});
it("whoever logs out leaves nothing, and is told to have gone; so is whoever comes", async () => {
  expect(told).toBe(0);
  session.left();
  expect([session.state, session.hasEnded, begun.waits(), told]).toEqual(["out", false, false, 1]);
  await session.load();
  expect([session.state, begun.get("cnv_1"), told, gone]).toEqual(["in", "", 2, []]);
});
it("a page on which nobody has been tells no other tab", async () => {
  vi.resetModules();
  const { session } = await import("./session.svelte");
  session.start();
  session.left();
  expect([session.state, told]).toEqual(["out", 0]);
});
it.each([["hears of it", () => channel.onmessage?.()], ["is looked at", () => focus()]])("a tab that %s goes when another person is there", async (_, looks) => {
  looks();
  await settled();
  expect([session.state, gone, begun.waits()]).toEqual(["in", [], true]);
  world.who = "usr_uma";
  looks();
  await settled();
  expect([gone, begun.waits()]).toEqual([["/"], false]);
});
it("a tab that hears that the person has gone is out, and is in again when they are back", async () => {
  world.who = null;
  channel.onmessage?.();
  await settled();
  expect([session.state, session.hasEnded]).toEqual(["out", true]);
  focus();
  world.who = "usr_nova";
  channel.onmessage?.();
  await settled();
  expect([session.state, session.hasEnded, begun.get("cnv_1"), gone]).toEqual(["in", false, "half a thou", []]);
});
