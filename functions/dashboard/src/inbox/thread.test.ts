// An open conversation against a service whose answers may be lost on the way.
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { Schemas } from "../api/client";
import { begun } from "../lib/begun.svelte";
import { toasts } from "../lib/toasts.svelte";
import type { Entry, Message } from "./merge";
import { Thread } from "./thread.svelte";

interface Init {
  params: { header?: { "idempotency-key": string } };
  body?: { text?: string; minutes?: number };
}
/** What the service holds, and was asked under which keys; `lost` is how many of its next answers do not arrive. */
const service = vi.hoisted(() => ({ conversation: {}, messages: [] as { id: string }[], draft: null as object | null, asked: [] as string[], keys: new Set<string>(), lost: 0, approves: (): void => undefined }));
vi.mock("../api/client", async (original) => {
  const told = (data: unknown, status = 200) => ({ data, response: new Response(null, { status }) });
  const answers: Record<string, (init: Init) => unknown> = {
    "GET messages": () => told({ conversation: service.conversation, messages: service.messages, next_cursor: null }),
    "GET draft": () => (service.draft ? told(service.draft) : told({}, 404)),
    "POST messages": ({ params, body }) => {
      const id = `msg_${params.header?.["idempotency-key"]}`;
      const sent = { id, at: "2026-11-28T10:01:00Z", author: "person", delivery: "queued", direction: "out", kind: "text", reactions: [], spans: [], sent_by: "usr_me", text: body?.text };
      if (!service.messages.some((one) => one.id === id)) service.messages = [sent, ...service.messages];
      return told({ id, delivery: "queued", queued_at: sent.at }, 201);
    },
    "POST approvals": () => {
      service.approves();
      return told({}, 201);
    },
    "PUT takeover": () => told({}),
    "DELETE takeover": () => told(null),
  };
  const call = (method: string) => async (path: string, init: Init) => {
    const act = `${method} ${path.split("/").at(-1)}`;
    const answer = answers[act]?.(init);
    if (method !== "GET") service.asked.push(act);
    const key = init.params.header?.["idempotency-key"];
    if (key) service.keys.add(key);
    if (method !== "GET" && service.lost-- > 0) throw new TypeError("cut");
    return answer;
  };
  const api = Object.fromEntries(["GET", "POST", "PUT", "DELETE"].map((method) => [method, call(method)]));
  return { ...(await original<object>()), within: () => api };
});
vi.mock("../lib/session.svelte", () => ({ session: { workspace: { id: "tnt_1" }, me: { id: "usr_me" } } }));
vi.mock("../lib/team.svelte", () => ({ team: { named: () => Promise.resolve("Lea"), isMe: (id: string) => id === "usr_me" } }));
vi.mock("../lib/live.svelte", () => ({ live: { listen: () => () => undefined, poke: () => undefined } }));
vi.mock("../lib/paint", () => ({ calm: () => Promise.resolve(), whenCalm: () => () => undefined }));

const DRAFT: Schemas["DraftOut"] = { id: "msg_draft", rev: "draft.1", answers_message_id: "4", at: "2026-11-28T10:00:30Z", text: "Sofi's words" };
const MADE = { of: DRAFT.rev, id: DRAFT.id, seen: DRAFT.answers_message_id, text: "my own words" };
let chats = 0;
let thread: Thread;
/** How the conversation is from now on. */
const is = (more: Partial<Entry>): void => void (service.conversation = { id: thread.id, bot_id: "bot_1", name: "Ned", last_message_id: "4", ...more });
const shown = (): Message[] => thread.messages.filter((one) => one.direction === "out");
beforeEach(async () => {
  vi.stubGlobal("navigator", { onLine: true });
  Object.assign(service, { messages: [], draft: null, asked: [], keys: new Set(), lost: 0, approves: () => undefined });
  thread = new Thread(`cnv_${++chats}`, "tnt_1");
  is({});
  await thread.refresh(true);
});
afterEach(() => {
  begun.drop([thread.id]);
  void toasts.endAll();
  vi.unstubAllGlobals();
});

it("an answer of which only the receipt was lost stands once, as sent", async () => {
  service.lost = 1;
  const outcome = await thread.send("hello");
  await thread.refresh(true);
  expect([outcome.ok, service.asked.length, service.messages.length]).toEqual([true, 2, 1]);
  expect(shown().map((one) => [one.text, one.local])).toEqual([["hello", undefined]]);
});
it("of an answer that stays lost nobody says that it was not sent, and it is asked for again under its key", async () => {
  service.lost = 2;
  await thread.send("hello");
  expect([shown().map((one) => one.local), begun.unsent(thread.id).length]).toEqual([["lost"], 1]);
  await Promise.all([thread.again(), thread.again()]);
  expect([shown().map((one) => one.local), begun.unsent(thread.id).length]).toEqual([[undefined], 0]);
  expect([service.asked.length, service.messages.length]).toEqual([3, 1]);
});
it("what is written without a connection was not sent, and is once there is one", async () => {
  vi.stubGlobal("navigator", { onLine: false });
  service.lost = 1;
  await thread.send("hello");
  expect([shown().map((one) => one.local), service.asked.length]).toEqual([["offline"], 1]);
  await thread.again();
  expect(shown().map((one) => one.local)).toEqual([undefined]);
});

it("what was made of a draft waits with it, and is an answer once it is gone; that is not sent before it was asked for twice", async () => {
  service.draft = DRAFT;
  is({ draft_since: DRAFT.at });
  begun.keepDraft(thread.id, MADE);
  await thread.refresh(true);
  expect([thread.text, thread.overtaken]).toEqual(["", null]);
  // While it cannot be asked for, it may still be there.
  service.draft = null;
  await thread.refresh(true);
  expect([thread.text, begun.draft(thread.id)]).toEqual(["", MADE]);
  is({});
  await thread.refresh(true);
  expect([thread.text, thread.overtaken, begun.draft(thread.id)]).toEqual(["my own words", { seen: "4", asks: true }, undefined]);
  const send = (): Promise<unknown> => {
    const { text } = thread;
    thread.text = "";
    return thread.send(text);
  };
  await send();
  expect([thread.text, thread.overtaken, service.asked]).toEqual(["my own words", { seen: "4", asks: false }, []]);
  await send();
  expect([thread.text, thread.overtaken, service.asked]).toEqual(["", null, ["POST messages"]]);
});
it("what was made of a draft is no answer where it was sent so", async () => {
  begun.keepDraft(thread.id, MADE);
  service.messages = [{ id: DRAFT.id, at: DRAFT.at, direction: "out", text: "my own words\n\nSofi, AI" } as Partial<Message> & { id: string }];
  await thread.refresh(true);
  expect([thread.text, thread.overtaken, begun.draft(thread.id)]).toEqual(["", null, undefined]);
});
it.each([1, 2])("an approval of which only the receipt was lost was one, also where %i were", async (lost) => {
  service.draft = DRAFT;
  is({ draft_since: DRAFT.at });
  begun.keepDraft(thread.id, MADE);
  await thread.refresh(true);
  service.approves = () => {
    service.draft = null;
    is({});
    service.messages = [{ id: DRAFT.id, at: DRAFT.at, direction: "out", sent_by: "usr_me", text: MADE.text } as Partial<Message> & { id: string }];
  };
  service.lost = lost;
  expect((await thread.approve(MADE.text)).ok).toBe(true);
  expect([thread.text, thread.overtaken, begun.draft(thread.id)]).toEqual(["", null, undefined]);
  expect([service.asked, service.keys.size]).toEqual([["POST approvals", "POST approvals"], 1]);
});
it("an approval that did not arrive leaves the draft, and what was made of it", async () => {
  service.draft = DRAFT;
  is({ draft_since: DRAFT.at });
  begun.keepDraft(thread.id, MADE);
  await thread.refresh(true);
  service.lost = 2;
  expect((await thread.approve(MADE.text)).ok).toBe(false);
  expect([thread.text, begun.draft(thread.id)]).toEqual(["", MADE]);
});

const hold = (by: string): Entry["hold"] => ({ by, reason: "person", since: new Date().toISOString(), until: new Date(Date.now() + 60_000).toISOString() });
const said = (): string[] => toasts.all.map((one) => `${one.text}${one.act ? ` [${one.act.label}]` : ""}`);
it("whoever gives a conversation back gets it again by undoing that", async () => {
  await thread.release();
  toasts.act(toasts.all.at(-1)!.id);
  await vi.waitFor(() => expect(service.asked).toEqual(["DELETE takeover", "PUT takeover"]));
});
it("undoing that does not take it from a colleague who has taken over meanwhile", async () => {
  await thread.release();
  is({ hold: hold("usr_lea") });
  toasts.act(toasts.all.at(-1)!.id);
  await vi.waitFor(() => expect(said()).toEqual(["Lea has taken over meanwhile."]));
  expect(service.asked).toEqual(["DELETE takeover"]);
});
it("as soon as a colleague has taken over, undoing is offered no more", async () => {
  await thread.release();
  expect(said()).toEqual([expect.stringMatching(/^Released.*\[Undo\]$/)]);
  is({ hold: hold("usr_lea") });
  await thread.refresh(true);
  await vi.waitFor(() => expect(said()).toEqual(["Lea has taken over meanwhile."]));
});
