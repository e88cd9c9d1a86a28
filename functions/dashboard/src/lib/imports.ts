// Files of people from other tools: read here as far as it takes to show their columns and to send them in parts.
import type { Schemas } from "../api/client";

export type ImportColumn = Schemas["ImportColumn"];
export type Imported = Schemas["ImportedFans"];

export const COLUMNS: ImportColumn[] = ["telegram_id", "first_name", "last_name", "username", "language", "tags", "note"];
/** Rows in one call; the API takes no more. */
export const PART = 200;
/** What other tools call a column, without blanks and signs. */
const NAMES: Record<ImportColumn, string[]> = {
  telegram_id: ["telegramid", "telegramuserid", "tgid", "userid", "chatid", "user", "id"],
  first_name: ["firstname", "givenname", "vorname", "name"],
  last_name: ["lastname", "surname", "familyname", "nachname"],
  username: ["username", "telegramusername", "handle", "nick"],
  language: ["language", "languagecode", "lang", "sprache"],
  tags: ["tags", "labels", "groups", "segments", "schlagworte"],
  note: ["note", "notes", "remarks", "comment", "notiz"],
};
const SEPARATORS = [",", ";", "\t"];

/** Whether a file is an archive and no table, by its name or by how it begins. */
export const isArchive = async (file: Blob & { name?: string }): Promise<boolean> => /\.zip$/i.test(file.name ?? "") || (await file.slice(0, 4).text()) === "PK\u0003\u0004";

/** Cells of every row, by commas or by whatever else the first line has more of: spreadsheets of some countries write semicolons. */
export function table(file: string): string[][] {
  const text = file.replace(/^\uFEFF/, "");
  const first = text.split(/[\r\n]/, 1)[0] ?? "";
  const often = (sign: string): number => first.split(sign).length;
  const separator = SEPARATORS.reduce((best, sign) => (often(sign) > often(best) ? sign : best));
  const rows: string[][] = [];
  let row: string[] = [];
  let cell = "";
  let quoted = false;
  let begins = true;
  for (let at = 0; at < text.length; at++) {
    const sign = text.charAt(at);
    if (quoted) {
      if (sign !== '"') cell += sign;
      else if (text.charAt(at + 1) === '"') cell += text.charAt(at++);
      else quoted = false;
      continue;
    }
    const ends = sign === "\r" || sign === "\n";
    if (sign === '"' && begins) quoted = true;
    else if (sign === separator || ends) {
      row.push(cell);
      cell = "";
    } else cell += sign;
    begins = sign === separator || ends;
    if (!ends) continue;
    rows.push(row);
    row = [];
    if (sign === "\r" && text.charAt(at + 1) === "\n") at++;
  }
  if (cell || row.length) rows.push([...row, cell]);
  return rows;
}

/** The headings as the API knows them: an apostrophe in front only keeps spreadsheets from calculating. */
export const headings = (rows: string[][]): string[] => (rows[0] ?? []).map((heading) => heading.replace(/^'/, "").trim());

/** Which column is what, as far as the headings say; nothing twice. */
export function guess(heads: string[]): (ImportColumn | "")[] {
  const plain = heads.map((heading) => heading.toLowerCase().replace(/[^\p{L}\p{N}]/gu, ""));
  const found = new Map<number, ImportColumn>();
  for (const column of COLUMNS) {
    const name = NAMES[column].find((one) => plain.includes(one));
    const at = name === undefined ? -1 : plain.indexOf(name);
    if (at >= 0 && !found.has(at)) found.set(at, column);
  }
  return heads.map((_, at) => found.get(at) ?? "");
}

/** Whether a choice can be sent: Telegram's numbers are there, and nothing twice. */
export function isWhole(chosen: (ImportColumn | "")[]): boolean {
  const named = chosen.filter(Boolean);
  return named.includes("telegram_id") && new Set(named).size === named.length;
}

export interface Part {
  csv: string;
  /** By how much the rows of the file stand further down. */
  offset: number;
}

/** The file in parts, each with the headings; rows with nothing in them are sent along only to be counted. */
export function parts(rows: string[][]): Part[] {
  const line = (row: string[]): string => row.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(",");
  const made: Part[] = [];
  for (let from = 1; from < rows.length; from += PART) {
    const some = rows.slice(from, from + PART);
    if (!some.some((row) => row.some((cell) => cell.trim()))) continue;
    made.push({ csv: [rows[0] ?? [], ...some].map(line).join("\r\n"), offset: from - 1 });
  }
  return made;
}

export type Sum = Pick<Imported, "rows" | "created" | "changed" | "unchanged" | "wrong" | "errors" | "preview">;
export const NOTHING: Sum = { rows: 0, created: 0, changed: 0, unchanged: 0, wrong: 0, errors: [], preview: [] };

/** What became of the parts so far; rows are counted as in the file. */
export function plus(sum: Sum, answer: Imported, { offset }: Part): Sum {
  return {
    rows: sum.rows + answer.rows,
    created: sum.created + answer.created,
    changed: sum.changed + answer.changed,
    unchanged: sum.unchanged + answer.unchanged,
    wrong: sum.wrong + answer.wrong,
    errors: [...sum.errors, ...answer.errors.map((one) => ({ ...one, row: one.row + offset }))],
    preview: sum.preview.length ? sum.preview : answer.preview.map((one) => ({ ...one, row: one.row + offset })),
  };
}
