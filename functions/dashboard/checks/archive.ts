// Archives for tests: as exports are, or as other programs write them again.

const bytes = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text);
const FULL = 0xffffffff;

export interface How {
  /** Deflated, as other programs do. */
  deflated?: boolean;
  /** Offsets and the end in numbers of 64 bits, as in archives of some GiB. */
  wide?: boolean;
  comment?: string;
  /** What the directory says of a file's size. */
  size?: (size: number) => number;
}

async function deflate(content: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await new Response(new Blob([content]).stream().pipeThrough(new CompressionStream("deflate-raw"))).arrayBuffer());
}

/** A ZIP archive of files. Checksums are left out: nothing reads them. */
export async function zipped(files: [string, string][], { deflated = false, wide = false, comment = "", size = (it) => it }: How = {}): Promise<Blob> {
  const [parts, entries]: [BlobPart[], BlobPart[]] = [[], []];
  let at = 0;
  let listed = 0;
  for (const [path, text] of files) {
    const [name, whole] = [bytes(path), bytes(text)];
    const packed = deflated ? await deflate(whole) : whole;
    const head = new DataView(new ArrayBuffer(30));
    head.setUint32(0, 0x04034b50, true);
    head.setUint16(8, deflated ? 8 : 0, true);
    head.setUint16(26, name.length, true);
    parts.push(head.buffer, name, packed);
    const entry = new DataView(new ArrayBuffer(46));
    entry.setUint32(0, 0x02014b50, true);
    entry.setUint16(10, deflated ? 8 : 0, true);
    entry.setUint32(20, packed.length, true);
    entry.setUint32(24, size(whole.length), true);
    entry.setUint16(28, name.length, true);
    entry.setUint16(30, wide ? 12 : 0, true);
    entry.setUint32(42, wide ? FULL : at, true);
    const extra = new DataView(new ArrayBuffer(wide ? 12 : 0));
    if (wide) {
      extra.setUint16(0, 1, true);
      extra.setUint16(2, 8, true);
      extra.setBigUint64(4, BigInt(at), true);
    }
    entries.push(entry.buffer, name, extra.buffer);
    at += 30 + name.length + packed.length;
    listed += 46 + name.length + extra.byteLength;
  }
  const end = new DataView(new ArrayBuffer(22));
  end.setUint32(0, 0x06054b50, true);
  end.setUint16(10, wide ? 0xffff : files.length, true);
  end.setUint32(12, wide ? FULL : listed, true);
  end.setUint32(16, wide ? FULL : at, true);
  end.setUint16(20, bytes(comment).length, true);
  return new Blob([...parts, ...entries, ...(wide ? wideEnd(files.length, listed, at) : []), end.buffer, bytes(comment)]);
}

function wideEnd(count: number, listed: number, at: number): BlobPart[] {
  const end = new DataView(new ArrayBuffer(56));
  end.setUint32(0, 0x06064b50, true);
  for (const [place, value] of [[24, count], [32, count], [40, listed], [48, at]] as const) end.setBigUint64(place, BigInt(value), true);
  const locator = new DataView(new ArrayBuffer(20));
  locator.setUint32(0, 0x07064b50, true);
  locator.setBigUint64(8, BigInt(at + listed), true);
  return [end.buffer, locator.buffer];
}

async function sha256(content: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await crypto.subtle.digest("SHA-256", content));
}
const hex = (hash: Uint8Array): string => [...hash].map((byte) => byte.toString(16).padStart(2, "0")).join("");

export interface Manifest {
  format: string;
  version: number;
  head: Record<string, string>;
  sections: { name: string; records: number; sha256: string }[];
  files: { path: string; section: string | null; sha256: string; bytes: number; records: number }[];
}
interface Change extends How {
  manifest?: (manifest: Manifest) => void;
  file?: (path: string, text: string) => string | null;
}

/** An export of a workspace (infra/docs/export-format.md), two records a file; `change` says what of it is not as it should be. */
export async function exportOf(sections: Record<string, unknown[]>, change: Change = {}): Promise<Blob> {
  const manifest: Manifest = { format: "sofi-export", version: 2, head: { tenant: "ten_1", subject: "workspace", as_of: "2026-11-01T10:00:00Z" }, sections: [], files: [] };
  const files: [string, string][] = [];
  for (const [section, records] of Object.entries(sections)) {
    const hashes: number[] = [];
    for (let from = 0; from < records.length; from += 2) {
      const some = records.slice(from, from + 2);
      const text = some.map((one) => `${JSON.stringify(one)}\n`).join("");
      const hash = await sha256(bytes(text));
      hashes.push(...hash);
      const path = `data/${section}-${String(from / 2 + 1).padStart(6, "0")}.jsonl`;
      manifest.files.push({ path, section, sha256: hex(hash), bytes: bytes(text).length, records: some.length });
      const written = change.file ? change.file(path, text) : text;
      if (written !== null) files.push([path, written]);
    }
    manifest.sections.push({ name: section, records: records.length, sha256: hex(await sha256(Uint8Array.from(hashes))) });
  }
  change.manifest?.(manifest);
  return zipped([...files, ["manifest.json", JSON.stringify(manifest)], ["manifest.sig", "x"]], change);
}
