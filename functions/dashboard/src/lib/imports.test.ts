import { describe, expect, it } from "vitest";
import { de } from "../i18n/de";
import { en } from "../i18n/en";
import { COLUMNS, NOTHING, PART, guess, headings, isArchive, isWhole, parts, plus, table, type Imported } from "./imports";

describe("a file of another tool", () => {
  it("is read with quotation marks, line breaks in cells, and a mark at the beginning", () => {
    const text = '\uFEFFid,"the ""name""",note\r\n71,"Zoë, Ann","two\nlines"\n72,,';
    expect(table(text)).toEqual([["id", 'the "name"', "note"], ["71", "Zoë, Ann", "two\nlines"], ["72", "", ""]]);
  });
  it("may part its cells by semicolons or tabs", () => {
    expect(table("id;name\n71;a,b\n")).toEqual([["id", "name"], ["71", "a,b"]]);
    expect(table("id\tname\n71\ta;b\n")).toEqual([["id", "name"], ["71", "a;b"]]);
  });
  it("says by its headings what its columns are, each once", () => {
    expect(headings([["'=id", " Name "]])).toEqual(["=id", "Name"]);
    expect(guess(["Chat ID", "User-ID", "First name", "Colour", "Labels"])).toEqual(["", "telegram_id", "first_name", "", "tags"]);
    expect(isWhole(["telegram_id", "", ""])).toBe(true);
    expect(isWhole(["note", "tags"])).toBe(false);
    expect(isWhole(["telegram_id", "note", "note"])).toBe(false);
  });
  it("goes in parts that the API takes, and its rows keep their numbers", () => {
    const rows = [["id"], ...Array.from({ length: PART + 1 }, (_, at) => [`${at + 1}`])];
    const [first, second, ...more] = parts(rows);
    expect(more).toEqual([]);
    expect(table(first!.csv)).toHaveLength(PART + 1);
    expect(table(second!.csv)).toEqual([["id"], [`${PART + 1}`]]);
    const error = { row: 2, column: "id", code: "invalid_value", message: "" };
    const answer: Imported = { ...NOTHING, rows: 1, wrong: 1, errors: [error], written: false };
    const sum = plus(plus(NOTHING, { ...answer, created: 3, errors: [] }, first!), answer, second!);
    expect([sum.rows, sum.created, sum.wrong]).toEqual([2, 3, 2]);
    // Below the headings and the first part stands the row in question.
    expect(sum.errors.map((one) => rows[one.row - 1])).toEqual([[`${PART + 1}`]]);
    expect(parts([["id"], [""], [" "]])).toEqual([]);
  });
  it("has words for every column in every language", () => {
    for (const words of [en, de] as Record<string, string>[]) {
      for (const column of COLUMNS) expect(words[`imports.${column}`]).toBeTruthy();
    }
  });
});

it("an archive is told from a table by its name or by how it begins", async () => {
  expect(await isArchive(Object.assign(new Blob(["cut"]), { name: "sofi-export.ZIP" }))).toBe(true);
  expect(await isArchive(new Blob(["PK\u0003\u0004and the rest"]))).toBe(true);
  expect(await isArchive(Object.assign(new Blob(["PK,name\n"]), { name: "fans.csv" }))).toBe(false);
});
