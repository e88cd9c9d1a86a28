// An export of ours read back (infra/docs/export-format.md): first found to be whole, then read record by record.
import { content, directory, type Member } from "./zip";

/** Why a file cannot be brought in. */
export type Why = "no_archive" | "foreign" | "version" | "no_workspace" | "damaged";
/** A file that cannot be brought in; `what` names the part of it. */
export class Unusable extends Error {
  constructor(
    readonly why: Why,
    readonly what = "",
  ) {
    super(`${why} ${what}`);
  }
}

const LIST = "manifest.json";
export const VERSION = 2;

interface Listed {
  path: string;
  section: string | null;
  sha256: string;
  bytes: number;
  records: number;
}
interface Manifest {
  format: string;
  version: number;
  head: { tenant: string; subject: string; as_of: string };
  sections: { name: string; records: number; sha256: string }[];
  files: Listed[];
}
export interface Exported {
  /** When the data was read. */
  asOf: string;
  /** How many records a section has. */
  count: (section: string) => number;
  /** The records of a section, one file of it in memory at a time. */
  records: <T>(section: string) => AsyncGenerator<T>;
}

async function digest(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return [...hash].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
const bytesOf = (hex: string): number[] => (hex.match(/../g) ?? []).map((two) => Number.parseInt(two, 16));
const sum = (numbers: number[]): number => numbers.reduce((all, one) => all + one, 0);

/** An export of a whole workspace, once every record file was found to be as its list says. The signature says nothing that an
 * import would trust. `told` hears which share of the bytes was looked at. */
export async function opened(archive: Blob, told: (share: number) => void = () => undefined): Promise<Exported> {
  const members = await directory(archive).catch(() => {
    throw new Unusable("no_archive");
  });
  const manifest = await manifestOf(archive, members);
  const filesOf = (section: string): Listed[] => manifest.files.filter((file) => file.section === section && file.path.endsWith(".jsonl"));
  const read = async (file: Listed): Promise<Uint8Array<ArrayBuffer>> => {
    const member = members.get(file.path);
    const bytes = member && (await content(archive, member).catch(() => null));
    if (!bytes || (await digest(bytes)) !== file.sha256) throw new Unusable("damaged", file.path);
    return bytes;
  };
  const all = manifest.sections.flatMap(({ name }) => filesOf(name));
  const bytes = sum(all.map((file) => file.bytes));
  let seen = 0;
  for (const section of manifest.sections) {
    const files = filesOf(section.name);
    const hash = await digest(Uint8Array.from(files.flatMap((file) => bytesOf(file.sha256))));
    if (hash !== section.sha256 || sum(files.map((file) => file.records)) !== section.records) throw new Unusable("damaged", `${LIST}: ${section.name}`);
    for (const file of files) {
      if (lines(await read(file)) !== file.records) throw new Unusable("damaged", file.path);
      seen += file.bytes;
      told(seen / bytes);
    }
  }
  async function* records<T>(section: string): AsyncGenerator<T> {
    for (const file of filesOf(section)) {
      const text = new TextDecoder().decode(await read(file));
      for (const line of text.split("\n")) if (line) yield parsed<T>(line, file.path);
    }
  }
  const count = (section: string): number => manifest.sections.find((one) => one.name === section)?.records ?? 0;
  return { asOf: manifest.head.as_of, count, records };
}

async function manifestOf(archive: Blob, members: Map<string, Member>): Promise<Manifest> {
  const member = members.get(LIST);
  if (!member) throw new Unusable("foreign");
  const bytes = await content(archive, member).catch(() => {
    throw new Unusable("damaged", LIST);
  });
  const manifest = parsed<Partial<Manifest> | null>(new TextDecoder().decode(bytes), LIST);
  if (manifest?.format !== "sofi-export") throw new Unusable("foreign");
  if (manifest.version !== VERSION) throw new Unusable("version", String(manifest.version));
  const { format, version, head, sections, files } = manifest;
  if (!head || !Array.isArray(sections) || !Array.isArray(files)) throw new Unusable("damaged", LIST);
  if (head.subject !== "workspace") throw new Unusable("no_workspace");
  return { format, version, head, sections, files };
}

/** Each record ends its line. */
function lines(bytes: Uint8Array): number {
  let found = 0;
  for (const byte of bytes) if (byte === 10) found++;
  return found;
}

function parsed<T>(text: string, path: string): T {
  try {
    return JSON.parse(text) as T;
  } catch {
    throw new Unusable("damaged", path);
  }
}
