import { describe, expect, it } from "vitest";
import { exportOf, zipped, type Manifest } from "../../checks/archive";
import { Unusable, opened } from "./exported";

const NOTES = [1, 2, 3].map((number) => ({ id: `nte_${number}`, text: "Zoë said so" }));
const SECTIONS = { note: NOTES, tag: [] };
const manifest = (change: (manifest: Manifest) => void): Promise<Blob> => exportOf(SECTIONS, { manifest: change });
const why = (archive: Blob): Promise<unknown> => opened(archive).then(() => null, (error: Unusable) => [error.why, error.what]);

describe("an export of a workspace", () => {
  it.each([["as it was downloaded", false], ["as another program packed it again", true]])("is found to be whole and read record by record, %s", async (_, deflated) => {
    const shares: number[] = [];
    const { asOf, count, records } = await opened(await exportOf(SECTIONS, { deflated }), (share) => shares.push(share));
    expect([asOf, count("note"), count("tag"), count("unheard_of")]).toEqual(["2026-11-01T10:00:00Z", 3, 0, 0]);
    expect(shares.at(-1)).toBe(1);
    const read: unknown[] = [];
    for await (const one of records("note")) read.push(one);
    expect(read).toEqual(NOTES);
  });
  it("names the file that is damaged, missing, or has another number of records", async () => {
    const file = "data/note-000002.jsonl";
    const only = (text: string | null) => ({ file: (path: string, was: string) => (path === file ? text : was) });
    expect(await why(await exportOf(SECTIONS, only('{"id":"nte_3","text":"Zoé said so"}\n')))).toEqual(["damaged", file]);
    expect(await why(await exportOf(SECTIONS, only(null)))).toEqual(["damaged", file]);
    const more = await manifest(({ files, sections }) => {
      files[1]!.records = 2;
      sections[0]!.records = 4;
    });
    expect(await why(more)).toEqual(["damaged", file]);
  });
  it("says the same of a section as of its files", async () => {
    expect(await why(await manifest(({ sections }) => (sections[0]!.records = 4)))).toEqual(["damaged", "manifest.json: note"]);
    expect(await why(await manifest(({ files }) => files.pop()))).toEqual(["damaged", "manifest.json: note"]);
    expect(await why(await manifest(({ sections }) => (sections[1]!.sha256 = sections[0]!.sha256)))).toEqual(["damaged", "manifest.json: tag"]);
  });
  it("is told from what is none", async () => {
    expect(await why(new Blob(["id,name\n"]))).toEqual(["no_archive", ""]);
    expect(await why((await exportOf(SECTIONS)).slice(0, -30))).toEqual(["no_archive", ""]);
    expect(await why(await zipped([["holiday.jpg", "x"]]))).toEqual(["foreign", ""]);
    expect(await why(await zipped([["manifest.json", "{"]]))).toEqual(["damaged", "manifest.json"]);
    expect(await why(await zipped([["manifest.json", "null"]]))).toEqual(["foreign", ""]);
    expect(await why(await manifest((it) => (it.format = "other-export")))).toEqual(["foreign", ""]);
    expect(await why(await manifest((it) => (it.version = 3)))).toEqual(["version", "3"]);
    expect(await why(await manifest((it) => (it.head.subject = "fan")))).toEqual(["no_workspace", ""]);
  });
});
