import { describe, expect, it } from "vitest";
import { exportOf } from "../../checks/archive";
import type { Api, Schemas } from "../api/client";
import { BRING, cause } from "../i18n/bring";
import { Bringing, inside, sum } from "./bring.svelte";
import { SECTIONS, cast } from "./carried";
import { opened } from "./exported";
import type { Way } from "./steps";

type Body = Record<string, unknown> & Partial<Schemas["ImportHistory"]>;
type Answered = { status: number; body: unknown };
const message = (id: number, conversation = "cnv_1") => ({ id: `msg_${id}`, conversation, message_id: id, author: "fan", content_kind: "text", content: { text: "hi" }, at: "2026-11-01T10:00:00Z", delivery: "received" });

const SECTIONS_OF_IT = {
  workspace: [{ name: "Mira Vale" }],
  bot: [{ id: "bot_1", telegram_id: 7, username: "here_bot" }, { id: "bot_2", telegram_id: 8, username: "gone_bot" }],
  persona: [{ bot: "bot_1", version: 1, in_use: false, text: "warm" }, { bot: "bot_1", version: 1, in_use: true, text: "warm" }, { bot: "bot_2", version: 1, in_use: false, text: "short" }],
  saved_reply: [{ content: { shortcut: "hi", text: "Hello" } }, { content: { shortcut: "bye", text: "Bye" } }, { content: null }],
  fan: ["fan_1", "fan_2"].map((id) => ({ id, tags: [], note: null, profile: { first_name: id } })),
  fan_number: [{ fan: "fan_1", telegram_id: "71" }, { fan: "fan_2", telegram_id: "72" }],
  conversation: [
    { id: "cnv_1", fan: "fan_1", bot: "bot_1", account: null },
    { id: "cnv_2", fan: "fan_2", bot: "bot_1", account: null },
    { id: "cnv_3", fan: "fan_1", bot: "bot_2", account: null },
  ],
  message: [message(1), message(2), message(3, "cnv_2"), message(4, "cnv_3")],
  note: [{ id: "nte_1", conversation: "cnv_1", text: "tall", at: "2026-11-01T10:00:00Z" }],
  fact: [{ id: "fct_1", fan: "fan_1", conversation: null, text: "likes winter", source: null, confidence: 90, sensitivity: "ordinary", at: "2026-11-01T10:00:00Z", until: "2027-11-01T10:00:00Z" }],
};
const invalid = (...fields: string[]): Answered => ({ status: 400, body: { code: "invalid_input", message: "", field_errors: fields.map((field) => ({ field, code: "invalid_value", message: "Not so." })) } });
const records = (body: Body): number => (body.messages ?? body.notes ?? body.facts ?? []).length;

/** A workspace that takes everything, unless `answer` has something else to say. */
async function moving(dry: boolean, answer: (path: string, body: Body | undefined) => Answered | undefined = () => undefined): Promise<{ run: Bringing; way: Way; calls: [string, Body | undefined][] }> {
  const calls: [string, Body | undefined][] = [];
  const usual = (path: string, body: Body | undefined): unknown => {
    if (path.endsWith("/imports")) return { created: 2, changed: 0, unchanged: 0, wrong: 0, errors: [] };
    if (path.endsWith("/histories")) return { created: records(body ?? {}), unchanged: 0, refused: 0, refusals: [] };
    return { saved_replies: [{ shortcut: "HI", text: "Hey" }], personas: [], next_cursor: null };
  };
  const call = async (path: string, { body }: { body?: Body } = {}) => {
    calls.push([path, body]);
    const { status, body: data } = answer(path, body) ?? { status: 200, body: usual(path, body) };
    return { [status < 400 ? "data" : "error"]: data, response: new Response(null, { status }) };
  };
  const exported = await opened(await exportOf(SECTIONS_OF_IT));
  const way: Way = { exported, who: await cast(exported), bots: new Map([["7", "bot_here"]]), api: { GET: call, POST: call } as unknown as Api, dry };
  return { run: new Bringing(way), way, calls };
}

describe("an export on its way into a workspace", () => {
  it("has each of its records counted once", async () => {
    const { run, way, calls } = await moving(false);
    await run.run();
    expect(run.state).toBe("done");
    const { fan, saved_reply, persona, message: messages, note, fact } = run.tallies;
    expect(SECTIONS.map((section) => sum(run.tallies[section]))).toEqual(SECTIONS.map((section) => inside(way)[section]));
    expect([fan.created, persona.created, messages.created, note.created, fact.created]).toEqual([2, 1, 3, 1, 1]);
    expect(saved_reply).toEqual({ created: 1, changed: 0, same: 1, refused: 0, stays: 1 });
    expect(run.stays).toEqual([
      { section: "saved_reply", why: "unread", records: 1 },
      { section: "persona", why: "no_bot", records: 1 },
      { section: "message", why: "no_bot", records: 1 },
    ]);
    const paths = calls.map(([path]) => path);
    expect(paths.indexOf("/api/v1/fans/imports")).toBeLessThan(paths.indexOf("/api/v1/fans/histories"));
    expect(calls.find(([path, body]) => path.endsWith("/personas") && body)?.[1]).toEqual({ text: "warm", activate: true });
    expect(run.share).toBe(1);
  });
  it("is only looked at first, with those who would be here by then", async () => {
    const { run, calls } = await moving(true, (path, body) =>
      path.endsWith("/histories") ? { status: 200, body: { created: 0, unchanged: 0, refused: records(body ?? {}), refusals: [{ telegram_id: "71", reason: "unknown_fan" }, { telegram_id: "72", reason: "restricted" }].slice(0, body?.messages ? 2 : 1) } } : undefined,
    );
    await run.run();
    for (const [path, body] of calls) if (body) expect([path, body.dry_run]).toEqual([path, true]);
    expect(run.tallies.message).toEqual({ created: 2, changed: 0, same: 0, refused: 1, stays: 1 });
    expect(run.tallies.saved_reply.created).toBe(1);
    expect(run.refusals).toEqual([{ section: "message", whom: "72", code: "restricted", message: "", records: 1 }]);
  });
  it("loses one record where one is wrong, and not those beside it", async () => {
    const { run } = await moving(false, (_, body) => (body?.messages?.some((one) => one.id === "msg_2") ? invalid("messages.1.at") : undefined));
    await run.run();
    expect(run.state).toBe("done");
    expect(run.tallies.message).toEqual({ created: 2, changed: 0, same: 0, refused: 1, stays: 1 });
    expect(run.refusals).toEqual([{ section: "message", whom: "71", code: "invalid_input", message: "at: Not so.", records: 1 }]);
  });
  it("names who of the people is refused, and brings in the others", async () => {
    const errors = [{ row: 3, column: "telegram_id", code: "erased", message: "This person was erased." }];
    const { run } = await moving(false, (path) => (path.endsWith("/imports") ? { status: 200, body: { created: 1, changed: 0, unchanged: 0, wrong: 1, errors } } : undefined));
    await run.run();
    expect(run.refusals).toEqual([{ section: "fan", whom: "72", code: "erased", message: "This person was erased.", records: 1 }]);
  });
  it("stops at what fails, and goes on with that same call", async () => {
    let down = true;
    const { run, calls } = await moving(false, (_, body) => (down && body?.notes ? { status: 503, body: { code: "unavailable", message: "" } } : undefined));
    await run.run();
    expect([run.state, run.act.trouble?.status]).toEqual(["stopped", 503]);
    const before = calls.length;
    down = false;
    await run.run();
    expect([run.state, run.act.trouble]).toEqual(["done", null]);
    expect(calls.slice(before).map(([, body]) => Object.keys(body ?? {}).filter((key) => ["messages", "notes", "facts"].includes(key)))).toEqual([["notes"], ["facts"]]);
    expect(run.tallies.note.created).toBe(1);
  });
  it("counts as brought in what came although the answer was lost, and nothing else", async () => {
    const lost = new Set<string>();
    const is = (path: string, body: Body | undefined): string => (path.endsWith("/imports") ? "fan" : path.endsWith("/saved-replies") && body ? "saved_reply" : body?.messages ? "message" : "");
    // What came with the answer that was lost is here at the next call; one of the fans was here before the import.
    const here: Record<string, { status: number; body: unknown }> = {
      fan: { status: 200, body: { created: 0, changed: 0, unchanged: 2, wrong: 0, errors: [] } },
      saved_reply: { status: 409, body: { code: "shortcut_taken", message: "" } },
      message: { status: 200, body: { created: 0, unchanged: 3, refused: 0, refusals: [] } },
    };
    const { way } = await moving(false, (path, body) => {
      const kind = is(path, body);
      if (kind === "fan" && body?.dry_run) return { status: 200, body: { created: 1, changed: 0, unchanged: 1, wrong: 0, errors: [] } };
      if (!kind || body?.dry_run) return undefined;
      if (lost.has(kind)) return here[kind] as Answered;
      lost.add(kind);
      return { status: 503, body: { code: "unavailable", message: "" } };
    });
    const look = new Bringing({ ...way, dry: true });
    await look.run();
    const run = new Bringing(way, look);
    for (let at = 0; at < 10 && run.state !== "done"; at++) await run.run();
    expect([run.state, [...lost]]).toEqual(["done", ["fan", "saved_reply", "message"]]);
    for (const section of ["fan", "message"] as const) expect(run.tallies[section], section).toEqual(look.tallies[section]);
    expect([run.tallies.fan.created, run.tallies.fan.same]).toEqual([1, 1]);
    expect(run.tallies.saved_reply.created).toBeGreaterThan(0);
  });
  it("is stopped by a person after the call that is under way, and continued", async () => {
    const { run, calls } = await moving(false, (path) => {
      if (path.endsWith("/imports")) run.stop();
      return undefined;
    });
    await run.run();
    expect([run.state, calls.length]).toEqual(["stopped", 1]);
    await run.run();
    expect(run.state).toBe("done");
    expect(calls.filter(([path]) => path.endsWith("/imports"))).toHaveLength(1);
  });
  it("does not count an answer that was lost as a refusal", async () => {
    const { run } = await moving(false, (path, body) => (path.endsWith("/saved-replies") && body ? { status: 409, body: { code: "shortcut_taken", message: "" } } : undefined));
    await run.run();
    expect(run.tallies.saved_reply).toEqual({ created: 0, changed: 0, same: 2, refused: 0, stays: 1 });
  });
  it("ends where its file is no longer what it was", async () => {
    const { way } = await moving(false);
    const broken = <T>(section: string): AsyncGenerator<T> => {
      if (section === "message") throw new Error("the file was moved");
      return way.exported.records<T>(section);
    };
    const run = new Bringing({ ...way, exported: { ...way.exported, records: broken } });
    await run.run();
    expect([run.state, run.unusable?.why]).toEqual(["broken", "damaged"]);
  });
});

it("each reason of the API has a cause and a remedy in words", () => {
  const reasons: Record<Schemas["HistoryRefusal"], true> = { erased: true, restricted: true, too_many_facts: true, unknown_fan: true };
  for (const reason of Object.keys(reasons)) expect(cause(reason)).toBeTruthy();
  expect(cause("unheard_of")).toBeNull();
  expect(Object.keys(BRING.de)).toEqual(Object.keys(BRING.en));
});
