// An export of ours read back: its people as a table like that of any other tool, and its saved replies (infra/docs/export-format.md).
import type { Schemas } from "../api/client";
import { COLUMNS, type ImportColumn } from "./imports";

/** A file of the archive that is not what the archive's own list says, or is not there. */
export class Damaged extends Error {
  constructor(readonly path: string) {
    super(path);
  }
}

const HEADER = 30;
const LOCAL = 0x04034b50;
const LIST = "manifest.json";

interface Listed {
  path: string;
  section: string | null;
  sha256: string;
}
export type Reply = Schemas["SavedReplyIn"];
interface Saved {
  content: Reply | null;
}
interface Fan {
  id: string;
  tags: string[];
  note: string | null;
  profile: { first_name?: string; last_name?: string; username?: string; language_code?: string } | null;
}

/** Whether a file is an archive, by how it begins. */
export const isArchive = async (file: Blob): Promise<boolean> => (await file.slice(0, 4).text()) === "PK\u0003\u0004";

/** Where the files of an archive stand: they are stored as they are, one after the other. */
async function places(file: Blob): Promise<Map<string, Blob>> {
  const found = new Map<string, Blob>();
  let at = 0;
  while (at + HEADER <= file.size) {
    const head = new DataView(await file.slice(at, at + HEADER).arrayBuffer());
    if (head.getUint32(0, true) !== LOCAL) break;
    const begins = at + HEADER + head.getUint16(26, true);
    const ends = begins + head.getUint32(22, true);
    found.set(await file.slice(at + HEADER, begins).text(), file.slice(begins, ends));
    at = ends;
  }
  return found;
}

async function digest(bytes: ArrayBuffer): Promise<string> {
  const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return [...hash].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** What an import takes of an export of a whole workspace: its people, each with the number by which Telegram knows them, as ids
 * count in their own workspace only, and its saved replies. Hashes are compared, so that a damaged file is named; the signature says
 * nothing that an import would trust. */
export async function opened(archive: Blob): Promise<{ people: string[][]; replies: Reply[] }> {
  const found = await places(archive);
  const list = await found.get(LIST)?.text();
  const manifest = parsed<{ files?: Listed[] }>(list ?? "", LIST);
  async function records<T>(section: string): Promise<T[]> {
    const all: T[] = [];
    for (const { path, sha256 } of (manifest.files ?? []).filter((one) => one.section === section && one.path.endsWith(".jsonl"))) {
      const bytes = await found.get(path)?.arrayBuffer();
      if (!bytes || (await digest(bytes)) !== sha256) throw new Damaged(path);
      const lines = new TextDecoder().decode(bytes).split("\n");
      for (const line of lines) if (line) all.push(parsed<T>(line, path));
    }
    return all;
  }
  const numbers = new Map((await records<{ fan: string; telegram_id: string }>("fan_number")).map((one) => [one.fan, one.telegram_id]));
  const rows = (await records<Fan>("fan")).map((fan) => COLUMNS.map((column) => cell(fan, column, numbers.get(fan.id) ?? "")));
  const replies = (await records<Saved>("saved_reply")).flatMap(({ content }) => (content ? [{ shortcut: content.shortcut, text: content.text }] : []));
  return { people: [COLUMNS, ...rows], replies };
}

/** Those whose shortcut stands for nothing here yet: what is here stays. */
export function missing(replies: Reply[], here: Reply[]): Reply[] {
  const taken = new Set(here.map((one) => one.shortcut.toLowerCase()));
  return replies.filter((one) => !taken.has(one.shortcut.toLowerCase()));
}

function parsed<T>(text: string, path: string): T {
  try {
    return JSON.parse(text) as T;
  } catch {
    throw new Damaged(path);
  }
}

function cell(fan: Fan, column: ImportColumn, number: string): string {
  switch (column) {
    case "telegram_id":
      return number;
    case "tags":
      // On lines of their own, because a tag may have a comma in it.
      return guarded(fan.tags.map((tag) => `${tag}\n`).join(""));
    case "note":
      return guarded(fan.note ?? "");
    case "language":
      return fan.profile?.language_code ?? "";
    default:
      return guarded(fan.profile?.[column] ?? "");
  }
}

/** Whoever reads a table takes one apostrophe away from the front of a cell. */
const guarded = (text: string): string => (text.startsWith("'") ? `'${text}` : text);
