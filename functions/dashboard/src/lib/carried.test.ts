import { describe, expect, it } from "vitest";
import { exportOf } from "../../checks/archive";
import { MOST_BYTES, batches, cast, lacking, missing, placed, row, versions, type Cast, type Fan } from "./carried";
import { opened } from "./exported";
import { COLUMNS, PART, guess, isWhole } from "./imports";

const SAID = { id: "msg_1", conversation: "cnv_1", message_id: 5, author: "fan", content_kind: "text", content: { text: "hello" }, at: "2026-11-01T10:00:00Z", delivery: "received", sent_by: null, edited_by: null, imported_at: null };
const FACT = { id: "fct_1", fan: "fan_1", conversation: "cnv_1", text: "likes winter", source: 5, confidence: 90, sensitivity: "ordinary", at: "2026-11-01T10:00:00Z", until: "2027-11-01T10:00:00Z", edited_by: null };
const HERE = new Set(["7"]);

async function whom(): Promise<Cast> {
  const archive = await exportOf({
    workspace: [{ id: "ten_1", name: "Mira Vale" }],
    bot: [{ id: "bot_1", telegram_id: 7, username: "here_bot" }, { id: "bot_2", telegram_id: 8, username: "gone_bot" }],
    fan_number: [{ fan: "fan_1", telegram_id: "71" }],
    conversation: [
      { id: "cnv_1", fan: "fan_1", bot: "bot_1", account: null },
      { id: "cnv_2", fan: "fan_1", bot: "bot_2", account: null },
      { id: "cnv_3", fan: "fan_1", bot: "bot_1", account: "bac_1" },
      { id: "cnv_4", fan: "fan_erased", bot: "bot_1", account: null },
    ],
  });
  return cast(await opened(archive));
}

describe("what was said", () => {
  it("goes by Telegram's numbers of fan and bot, without what counts in its own workspace only", async () => {
    const who = await whom();
    expect(who.name).toBe("Mira Vale");
    const { conversation: _, sent_by: __, edited_by: ____, imported_at: ___, ...kept } = SAID;
    expect(placed("message", SAID, who, HERE)).toEqual({ bot: "7", record: { ...kept, telegram_id: "71" } });
    const note = { id: "nte_1", conversation: "cnv_1", author: "usr_1", text: "tall", at: SAID.at };
    expect(placed("note", note, who, HERE)).toEqual({ bot: "7", record: { id: "nte_1", text: "tall", at: SAID.at, telegram_id: "71" } });
  });
  it("stays in the file where it cannot come, and says why", async () => {
    const who = await whom();
    const stays = (change: object) => placed("message", { ...SAID, ...change }, who, HERE);
    expect(stays({ conversation: "cnv_2" })).toBe("no_bot");
    expect(stays({ conversation: "cnv_3" })).toBe("account");
    expect(stays({ conversation: "cnv_4" })).toBe("nobody");
    expect(stays({ conversation: "cnv_unheard_of" })).toBe("nobody");
    expect(stays({ author: "person", delivery: "queued" })).toBe("on_its_way");
    expect(stays({ author: "person", delivery: "sending" })).toBe("on_its_way");
    expect(stays({ content: null })).toBe("unread");
  });
  it("is a fact of the fan with any bot, whose message is one of its own chat only", async () => {
    const who = await whom();
    const source = (change: object, here = HERE) => {
      const found = placed("fact", { ...FACT, ...change }, who, here);
      return typeof found === "string" ? found : [found.bot, "source" in found.record ? found.record.source : undefined];
    };
    expect(source({})).toEqual(["7", 5]);
    for (const conversation of ["cnv_2", "cnv_3", null]) expect(source({ conversation })).toEqual(["7", null]);
    expect(source({ fan: "fan_erased" })).toBe("nobody");
    expect(source({ text: null })).toBe("unread");
    expect(source({}, new Set())).toBe("no_bot");
  });
});

describe("people, saved replies and personas", () => {
  it("are a table whose columns need no choosing", () => {
    const fan: Fan = { id: "fan_1", tags: ["VIP", "a, b"], note: "'tall'", profile: { first_name: "Zoë", username: "zc" } };
    expect(isWhole(guess(COLUMNS))).toBe(true);
    expect(row(fan, "71")).toEqual(["71", "Zoë", "", "zc", "", "VIP\na, b\n", "''tall'"]);
    expect(row({ id: "fan_2", tags: null, note: null, profile: null }, "")).toEqual(["", "", "", "", "", "", ""]);
  });
  it("replace no saved reply that is here, whatever the case of its shortcut", () => {
    const [hi, bye] = [{ shortcut: "Hi", text: "of the file" }, { shortcut: "bye", text: "of the file" }];
    expect(missing([hi, bye], [{ shortcut: "hI", text: "of here" }])).toEqual([bye]);
    expect(missing([], [hi])).toEqual([]);
  });
  it("are versions in their order, each as often as it was written", () => {
    const version = (number: number, text: string, in_use = false) => ({ bot: "bot_1", version: number, in_use, text });
    const { all, used } = versions([version(2, "short"), version(2, "short", true), version(1, "warm"), version(3, "warm"), { ...version(1, "other"), bot: "bot_2" }], "bot_1");
    expect(all.map((one) => one.version)).toEqual([1, 2, 3]);
    expect(used).toBe(2);
    expect(lacking(all, [{ text: "warm" }]).map((one) => one.version)).toEqual([2, 3]);
    expect(lacking(all, [{ text: "warm" }, { text: "short" }, { text: "warm" }])).toEqual([]);
  });
});

describe("parts in which records are sent", () => {
  async function sizes(records: { of: string; text: string }[]): Promise<[string, number][]> {
    async function* each() {
      yield* records;
    }
    const found: [string, number][] = [];
    for await (const { name, some } of batches(each(), (one) => one.of)) found.push([name, some.length]);
    return found;
  }
  it("have as many as the API takes, of one bot each", async () => {
    const many = (of: string, count: number) => Array.from({ length: count }, () => ({ of, text: "" }));
    expect(await sizes([...many("a", PART), ...many("b", 1), ...many("a", 1)])).toEqual([["a", PART], ["a", 1], ["b", 1]]);
    expect(await sizes([])).toEqual([]);
  });
  it("have no more bytes than the API takes, unless one record alone has", async () => {
    const half = { of: "a", text: "ä".repeat(MOST_BYTES / 4) };
    const huge = { of: "a", text: "x".repeat(MOST_BYTES) };
    expect(await sizes([half, half, huge, half])).toEqual([["a", 1], ["a", 1], ["a", 1], ["a", 1]]);
  });
});
