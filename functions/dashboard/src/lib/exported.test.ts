import { describe, expect, it } from "vitest";
import { Damaged, isArchive, missing, opened } from "./exported";
import { guess, isWhole } from "./imports";

const bytes = (text: string) => new TextEncoder().encode(text);
async function sha256(text: string): Promise<string> {
  return [...new Uint8Array(await crypto.subtle.digest("SHA-256", bytes(text)))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
/** An archive as exports are: local header and content, one after the other, and something behind them. */
function stored(files: [string, string][]): Blob {
  const parts = files.flatMap(([path, text]) => {
    const head = new DataView(new ArrayBuffer(30));
    head.setUint32(0, 0x04034b50, true);
    head.setUint32(22, bytes(text).length, true);
    head.setUint16(26, bytes(path).length, true);
    return [head.buffer, bytes(path), bytes(text)];
  });
  return new Blob([...parts, bytes("PK\u0001\u0002and the rest")]);
}
async function archive(change = (text: string): string => text): Promise<Blob> {
  const fans = [
    { id: "fan_1", tags: ["VIP", "a, b"], note: "'tall'", profile: { first_name: "Zoë", username: "zc", as_of: 7 } },
    { id: "fan_2", tags: [], note: null, profile: { first_name: "" } },
  ];
  const files: [string, string][] = [
    ["data/fan-000001.jsonl", fans.map((one) => `${JSON.stringify(one)}\n`).join("")],
    ["data/fan_number-000001.jsonl", '{"fan":"fan_1","telegram_id":"71"}\n{"fan":"fan_2","telegram_id":"72"}\n'],
    ["data/saved_reply-000001.jsonl", '{"changed_by":null,"content":{"shortcut":"hi","text":"Hello"},"id":"srp_1"}\n{"content":null,"id":"srp_2"}\n'],
  ];
  const listed = await Promise.all(files.map(async ([path, text]) => ({ path, section: /\/(\w+)-/.exec(path)?.[1], sha256: await sha256(text) })));
  const list = JSON.stringify({ files: listed });
  return stored([...files.map(([path, text]): [string, string] => [path, change(text)]), ["manifest.json", list], ["manifest.sig", "x"]]);
}

describe("an export of ours", () => {
  it("is a table of people with Telegram's numbers, whose columns need no choosing", async () => {
    expect(await isArchive(await archive())).toBe(true);
    expect(await isArchive(new Blob(["id,name\n"]))).toBe(false);
    const { people, replies } = await opened(await archive());
    const [heads, ...rows] = people;
    expect(isWhole(guess(heads!))).toBe(true);
    expect(rows).toEqual([["71", "Zoë", "", "zc", "", "VIP\na, b\n", "''tall'"], ["72", "", "", "", "", "", ""]]);
    expect(replies).toEqual([{ shortcut: "hi", text: "Hello" }]);
  });
  it("names the file that is damaged", async () => {
    const damaged = opened(await archive((text) => text.replace("Zoë", "Zoé")));
    await expect(damaged).rejects.toEqual(new Damaged("data/fan-000001.jsonl"));
    await expect(opened(new Blob(["PK\u0003\u0004"]))).rejects.toEqual(new Damaged("manifest.json"));
  });
  it("replaces no saved reply that is here, whatever the case of its shortcut", () => {
    const [hi, bye] = [{ shortcut: "Hi", text: "of the file" }, { shortcut: "bye", text: "of the file" }];
    expect(missing([hi, bye], [{ shortcut: "hI", text: "of here" }])).toEqual([bye]);
    expect(missing([], [hi])).toEqual([]);
  });
});
