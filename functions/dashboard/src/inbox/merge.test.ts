import { describe, expect, it } from "vitest";
import { ahead, between, fate, interleave, isLost, isQueued, mergeFirst, mergeMessages, mergeNewest, newer, pieces, takenBy, wasSent, whyNot, type Entry, type Message } from "./merge";

const entry = (id: string, at: string, more: Partial<Entry> = {}): Entry =>
  ({ id, last_activity: at, bot_id: "bot", fan_id: "fan", from_fan: true, last_message_id: "1", name: "Robin", reachability: "reachable", snippet: "", unanswered: 0, ...more }) as Entry;
const message = (id: string, at: string, number?: string): Message =>
  ({ id, at, author: "fan", delivery: "received", direction: "in", kind: "text", reactions: [], spans: [], ...(number ? { telegram_message_id: number } : {}) }) as Message;

describe("the list of conversations", () => {
  it("takes the new first page, and keeps later pages once", () => {
    const old = [entry("a", "2026-11-28T10:00:05Z"), entry("b", "2026-11-28T10:00:04Z"), entry("c", "2026-11-28T10:00:01Z")];
    const page = [entry("b", "2026-11-28T10:00:09Z"), entry("a", "2026-11-28T10:00:05Z")];
    expect(mergeFirst(old, page, false).map((one) => one.id)).toEqual(["b", "a", "c"]);
  });
  it("loses what has left the view", () => {
    const old = [entry("a", "2026-11-28T10:00:05Z"), entry("b", "2026-11-28T10:00:04Z")];
    expect(mergeFirst(old, [entry("b", "2026-11-28T10:00:04Z")], false).map((one) => one.id)).toEqual(["b"]);
    expect(mergeFirst(old, [], true)).toEqual([]);
  });
  it("keeps each that has not changed as it is, and itself where none has", () => {
    const old = [entry("a", "2026-11-28T10:00:05Z"), entry("b", "2026-11-28T10:00:04Z"), entry("c", "2026-11-28T10:00:01Z")];
    const told = (): Entry[] => [entry("a", "2026-11-28T10:00:05Z"), entry("b", "2026-11-28T10:00:04Z")];
    expect(mergeFirst(old, told(), false)).toBe(old);
    expect(mergeFirst(old.slice(0, 2), told(), true)[1]).toBe(old[1]);
    const [read, b, c] = mergeFirst(old, [entry("a", "2026-11-28T10:00:05Z", { unanswered: 1 }), told()[1]!], false);
    expect([read!.unanswered, b, c]).toEqual([1, old[1], old[2]]);
    expect(read).not.toBe(old[0]);
    expect(b).toBe(old[1]);
  });
});

describe("the messages that are asked for again", () => {
  const at = (second: number): string => `2026-11-28T10:00:0${second}Z`;
  const told = (): Message[] => [message("c", at(3), "3"), message("b", at(2), "2")];
  const old = [message("a", at(1), "1"), ...told().toReversed()];

  it("are the same list where nothing has changed", () => {
    expect(mergeNewest(old, told(), false).messages).toBe(old);
  });
  it("are new where they were edited, and there only", () => {
    const { messages } = mergeNewest(old, [{ ...told()[0]!, text: "edited" }, told()[1]!], false);
    expect(messages.map((one) => one.text)).toEqual([undefined, undefined, "edited"]);
    expect(messages.slice(0, 2).every((one, place) => one === old[place])).toBe(true);
    expect(old[2]!.text).toBeUndefined();
  });
});

describe("the lists of several workspaces", () => {
  const at = (second: number): string => `2026-11-28T10:00:${String(second).padStart(2, "0")}Z`;
  const part = (workspace: string, seconds: number[], hasMore = false) => ({ workspace, hasMore, entries: seconds.map((one) => entry(`${workspace}${one}`, at(one))) });
  const names = (rows: { id: string }[]): string => rows.map((one) => one.id).join(" ");

  it("are one by their times, and each row says where it is", () => {
    const rows = interleave([part("a", [9, 5, 1]), part("b", [8, 6]), part("c", [])]);
    expect(names(rows)).toBe("a9 b8 b6 a5 a1");
    expect(rows.map((one) => one.workspace).join("")).toBe("abbaa");
  });
  it("end where one of them is not known any further, and that one is asked next", () => {
    const parts = [part("a", [9, 7], true), part("b", [8, 3], true), part("c", [6, 5])];
    expect(names(interleave(parts))).toBe("a9 b8 a7");
    expect(ahead(parts)).toBe("a");
    const further = [part("a", [9, 7, 2]), ...parts.slice(1)];
    expect(names(interleave(further))).toBe("a9 b8 a7 c6 c5 b3");
    expect(ahead(further)).toBe("b");
    expect(ahead([part("a", [1])])).toBeUndefined();
  });
  it("ask one that has found nothing yet first, and show the others meanwhile", () => {
    const parts = [part("a", [9, 7], true), part("b", [], true)];
    expect(names(interleave(parts))).toBe("a9 a7");
    expect(ahead(parts)).toBe("b");
  });
  it("do not wait for one that failed: it has no more that could come", () => {
    expect(names(interleave([part("a", [9]), part("b", [8, 2])]))).toBe("a9 b8 b2");
  });
  it("keep a row as it is while its conversation does not change", () => {
    const parts = [part("a", [9]), part("b", [8])];
    const [before, after] = [interleave(parts), interleave([...parts, part("c", [7])])];
    expect(after[0]).toBe(before[0]);
    expect(after[0]?.workspace).toBe("a");
  });
  it("keep their own order, and tell times with and without fractions apart", () => {
    const [a, b] = [part("a", []), part("b", [5])];
    a.entries = [entry("a1", "2026-11-28T10:00:05.500Z"), entry("a2", "2026-11-28T10:00:04Z")];
    expect(names(interleave([b, a]))).toBe("a1 b5 a2");
  });
});

describe("messages", () => {
  const at = (minute: number): string => new Date(Date.UTC(2026, 10, 28, 10, minute)).toISOString();
  const run = (from: number, to: number): Message[] => Array.from({ length: to - from }, (_, index) => message(`m${from + index}`, at(from + index), String(from + index)));
  const names = (all: { id: string }[]): string => all.map((one) => one.id).join(" ");

  it("take older pages before, and newer ones after, what is there", () => {
    const all = mergeMessages(mergeMessages(run(10, 12), run(8, 10).toReversed()), run(12, 14).toReversed());
    expect(names(all)).toBe(names(run(8, 14)));
  });
  it("are found again although their time changed", () => {
    const moved = mergeMessages(run(1, 5), [{ ...message("m1", at(9)) }]);
    expect(names(moved)).toBe("m2 m3 m4 m1");
  });
  it("of older pages stay when the newest page comes again", () => {
    const { messages, hasGap } = mergeNewest(run(1, 8), run(6, 10).toReversed(), false);
    expect([names(messages), hasGap]).toEqual([names(run(1, 10)), false]);
  });
  it("of the second in which the newest page ends stay where they are before it", () => {
    const at = "2026-11-28T10:00:00Z";
    const [first, second, third] = ["1", "2", "3"].map((number) => message(`m${number}`, at, number)) as [Message, Message, Message];
    const { messages } = mergeNewest([first, second], [third, second], false);
    expect(names(messages)).toBe("m1 m2 m3");
  });
  it("that more than a page came after have a gap, and begin anew", () => {
    const { messages, hasGap } = mergeNewest(run(1, 4), run(50, 54).toReversed(), false);
    expect([names(messages), hasGap]).toEqual([names(run(50, 54)), true]);
  });
  it("that are gone from the newest page are gone", () => {
    const page = run(1, 6).filter((one) => one.id !== "m4").toReversed();
    expect(names(mergeNewest(run(1, 6), page, true).messages)).toBe("m1 m2 m3 m5");
  });
  it("stand between notes, and older notes wait for older messages", () => {
    const note = (id: string, minute: number) => ({ id, at: at(minute), text: "", author: "usr" }) as never;
    const notes = [note("n2", 2), note("n6", 6), note("n9", 9)];
    expect(names(between(run(5, 8), notes, true))).toBe("m5 m6 n6 m7 n9");
    expect(names(between(run(5, 8), notes, false))).toBe("n2 m5 m6 n6 m7 n9");
  });

  it("stand oldest first, and those of one second in Telegram's order", () => {
    const at = "2026-11-28T10:00:00Z";
    const merged = mergeMessages([], [message("three", "2026-11-28T10:00:01Z", "12"), message("two", at, "10"), message("one", at, "9")]);
    expect(merged.map((one) => one.id)).toEqual(["one", "two", "three"]);
  });
  it("are each there once, as the API told them last", () => {
    const old = [{ ...message("a", "2026-11-28T10:00:00Z"), local: "sending" as const }];
    expect(mergeMessages(old, [message("a", "2026-11-28T10:00:00Z")])).toEqual([message("a", "2026-11-28T10:00:00Z")]);
  });
});

describe("an answer that was overtaken", () => {
  const at = "2026-11-28T10:00:00Z";
  const ours = (id: string, more: Partial<Message>): Message => ({ ...message(id, at), direction: "out", author: "person", delivery: "sent", ...more });
  it("was so by the fan or another person, never by oneself or a machine", () => {
    const all = [
      message("seen", at, "7"), message("fan", at, "8"), ours("me", { sent_by: "usr_me", telegram_message_id: "9" }), ours("other", { sent_by: "usr_other", telegram_message_id: "10" }),
      ours("sofi", { author: "ai", telegram_message_id: "11" }), ours("waits", { sent_by: "usr_other", delivery: "queued" }), ours("failed", { sent_by: "usr_other", delivery: "failed" }),
    ];
    expect(newer(all, "7", "usr_me").map((one) => one.id)).toEqual(["fan", "other", "waits"]);
    expect(newer(all, "10", "usr_me").map((one) => one.id)).toEqual(["waits"]);
  });
});

describe("a message that waits to be sent", () => {
  it("can be taken back until it has gone, or was taken back", () => {
    const [waits, gone] = [{ ...message("a", "2026-11-28T10:00:05Z"), delivery: "queued" as const }, { ...message("b", "2026-11-28T10:00:06Z"), delivery: "sent" as const }];
    expect(["a", "b", "c"].map((id) => isQueued([waits, gone], id))).toEqual([true, false, false]);
  });
});

describe("a conversation that somebody answers", () => {
  const hold = (by: string | null, since: string, until: string) => ({ by, reason: by ? ("person" as const) : ("fan" as const), since: `2026-11-28T10:${since}:00Z`, until: `2026-11-28T10:${until}:00Z` });
  it("was taken from me by whoever has it before my time has passed", () => {
    const mine = hold("usr_me", "00", "15");
    expect(takenBy(mine, hold("usr_lea", "05", "20"), "usr_me")).toBe("usr_lea");
    expect(takenBy(mine, hold("usr_lea", "16", "31"), "usr_me")).toBe(null);
  });
  it("was not taken when I have it still, gave it back, the fan asked for a person, or it was another's", () => {
    const mine = hold("usr_me", "00", "15");
    for (const now of [hold("usr_me", "05", "20"), undefined, hold(null, "05", "20")]) expect(takenBy(mine, now, "usr_me")).toBe(null);
    expect(takenBy(hold("usr_uma", "00", "15"), hold("usr_lea", "05", "20"), "usr_me")).toBe(null);
    expect(takenBy(undefined, hold("usr_lea", "05", "20"), "usr_me")).toBe(null);
  });
});

describe("a draft that was looked at", () => {
  const draft = { id: "msg_1", rev: "1", at: "2026-11-28T10:00:00Z", answers_message_id: "7", text: "hello" };
  it("waits while there is one of its id, also changed", () => {
    expect(fate(draft, { ...draft, rev: "2" }, [])).toBe("waits");
  });
  it("was sent by whoever has sent the message of its id", () => {
    const sent = { ...message("msg_1", "2026-11-28T10:01:00Z"), direction: "out" as const, author: "ai" as const };
    expect(fate(draft, null, [message("a", "2026-11-28T10:00:00Z"), { ...sent, sent_by: "usr_lea" }])).toEqual({ by: "usr_lea" });
    expect(fate(draft, null, [sent])).toEqual({ by: null });
  });
  it("is gone where no message came of it, also when another one waits", () => {
    expect(fate(draft, null, [message("a", "2026-11-28T10:00:00Z")])).toBe("gone");
    expect(fate(draft, { ...draft, id: "msg_2" }, [])).toBe("gone");
  });
  it("was sent as it was changed only where its message says so", () => {
    const made = { of: "1", id: "msg_1", seen: "7", text: " my own words\n" };
    const says = (id: string, text: string): Message[] => [{ ...message(id, "2026-11-28T10:01:00Z"), text }];
    expect(wasSent(made, says("msg_1", "my own words\n\nSofi, AI"))).toBe(true);
    expect(wasSent(made, says("msg_1", "hello"))).toBe(false);
    expect(wasSent(made, says("msg_2", "my own words"))).toBe(false);
  });
});
it("only what the API has not answered is asked for again by itself", () => {
  const those = [undefined, "sending", "refused", "lost", "offline"] as const;
  expect(those.filter((local) => isLost({ ...message("m", "2026-11-28T10:00:00Z"), ...(local ? { local } : {}) }))).toEqual(["lost", "offline"]);
});

describe("why nobody can write", () => {
  const now = Date.parse("2026-11-28T12:00:00Z");
  const facts = { may: true, botWorks: true, now };
  it("names the role, the bot, the fan and the window, in this order", () => {
    const business = { business_account_id: "bac", last_inbound_at: "2026-11-27T11:59:00Z" };
    expect(whyNot(entry("a", ""), facts)).toBe(null);
    expect(whyNot(entry("a", "", { reachability: "blocked" }), { ...facts, may: false })).toBe("role");
    expect(whyNot(entry("a", "", { reachability: "blocked" }), { ...facts, botWorks: false })).toBe("bot_gone");
    expect(whyNot(entry("a", "", { reachability: "deactivated", ...business }), facts)).toBe("deactivated");
    expect(whyNot(entry("a", "", business), facts)).toBe("window");
    expect(whyNot(entry("a", "", { ...business, last_inbound_at: "2026-11-27T12:01:00Z" }), facts)).toBe(null);
  });
});

describe("a text with spans", () => {
  it("is cut where spans begin and end, counted as Telegram counts", () => {
    const text = "😀 bold link";
    const cut = pieces(text, [{ kind: "bold", offset: 3, length: 4 }, { kind: "text_link", offset: 8, length: 4, url: "https://example.com/" }]);
    expect(cut.map((piece) => piece.text).join("")).toBe(text);
    expect(cut.find((piece) => piece.kind === "bold")?.text).toBe("bold");
    expect(cut.find((piece) => piece.href)?.text).toBe("link");
  });
  it("leads to web addresses only, and never beyond its end", () => {
    const cut = pieces("click", [{ kind: "text_link", offset: 0, length: 99, url: "javascript:alert(1)" }]);
    expect(cut).toEqual([{ text: "click" }]);
  });
});
