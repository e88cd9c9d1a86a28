// ZIP archives read where they lie: first the directory at the end, then one file after the other, never the whole at once.

/** What cannot be read as an archive at all. */
export class NoArchive extends Error {}

/** Where a file of an archive stands, and how. */
export interface Member {
  method: number;
  /** Bytes in the archive. */
  packed: number;
  /** Bytes of the file. */
  size: number;
  /** Where its local header begins. */
  at: number;
}

const LOCAL = 0x04034b50;
const ENTRY = 0x02014b50;
const END = 0x06054b50;
const END_64 = 0x06064b50;
const LOCATOR = 0x07064b50;
const LOCAL_SIZE = 30;
const ENTRY_SIZE = 46;
const END_SIZE = 22;
const END_64_SIZE = 56;
const LOCATOR_SIZE = 20;
const LONGEST_COMMENT = 0xffff;
/** Instead of a number that has no room; the number then stands in a field of 64 bits. */
const FULL = 0xffffffff;
const FULL_COUNT = 0xffff;
const STORED = 0;
const DEFLATED = 8;
/** A directory of 60,000 files has a few MiB. */
const LARGEST_DIRECTORY = 64 * 1024 * 1024;
/** No file of an export has more. */
const LARGEST = 64 * 1024 * 1024;

const view = async (file: Blob, from: number, to: number): Promise<DataView> => new DataView(await file.slice(from, to).arrayBuffer());

/** The files of an archive, by path. */
export async function directory(file: Blob): Promise<Map<string, Member>> {
  try {
    return await members(file);
  } catch {
    // A place beyond the end, or a file that can no longer be read.
    throw new NoArchive();
  }
}

/** How many entries the directory has, how long it is, and where it begins. */
async function end(file: Blob): Promise<{ count: number; size: number; at: number }> {
  const from = Math.max(0, file.size - END_SIZE - LONGEST_COMMENT);
  const tail = await view(file, from, file.size);
  for (let at = tail.byteLength - END_SIZE; at >= 0; at--) {
    if (tail.getUint32(at, true) !== END || at + END_SIZE + tail.getUint16(at + 20, true) !== tail.byteLength) continue;
    const told = { count: tail.getUint16(at + 10, true), size: tail.getUint32(at + 12, true), at: tail.getUint32(at + 16, true) };
    const place = from + at;
    if ((told.count < FULL_COUNT && told.size < FULL && told.at < FULL) || place < LOCATOR_SIZE) return told;
    const locator = await view(file, place - LOCATOR_SIZE, place);
    if (locator.getUint32(0, true) !== LOCATOR) return told;
    const begins = Number(locator.getBigUint64(8, true));
    const wide = await view(file, begins, begins + END_64_SIZE);
    if (wide.getUint32(0, true) !== END_64) throw new NoArchive();
    const number = (offset: number): number => Number(wide.getBigUint64(offset, true));
    return { count: number(32), size: number(40), at: number(48) };
  }
  throw new NoArchive();
}

async function members(file: Blob): Promise<Map<string, Member>> {
  const { count, size, at } = await end(file);
  if (size > LARGEST_DIRECTORY) throw new NoArchive();
  const bytes = await view(file, at, at + size);
  const found = new Map<string, Member>();
  let place = 0;
  for (let number = 0; number < count; number++) {
    if (bytes.getUint32(place, true) !== ENTRY) throw new NoArchive();
    const named = place + ENTRY_SIZE;
    const extra = named + bytes.getUint16(place + 28, true);
    const comment = extra + bytes.getUint16(place + 30, true);
    const path = new TextDecoder().decode(new Uint8Array(bytes.buffer, named, extra - named));
    let wide = wideNumbers(bytes, extra, comment);
    const long = (offset: number): number => {
      const short = bytes.getUint32(place + offset, true);
      if (short !== FULL) return short;
      wide += 8;
      return Number(bytes.getBigUint64(wide - 8, true));
    };
    // In the order in which numbers of 64 bits stand.
    const whole = long(24);
    const packed = long(20);
    found.set(path, { method: bytes.getUint16(place + 10, true), packed, size: whole, at: long(42) });
    place = comment + bytes.getUint16(place + 32, true);
  }
  return found;
}

/** Where the numbers of 64 bits of an entry begin; beyond all bytes if there are none. */
function wideNumbers(bytes: DataView, from: number, to: number): number {
  for (let at = from; at + 4 <= to; at += 4 + bytes.getUint16(at + 2, true)) {
    if (bytes.getUint16(at, true) === 1) return at + 4;
  }
  return bytes.byteLength;
}

/** A file of an archive. Throws if it is not as the directory says. */
export async function content(file: Blob, { method, packed, size, at }: Member): Promise<Uint8Array<ArrayBuffer>> {
  const head = await view(file, at, at + LOCAL_SIZE);
  if (head.getUint32(0, true) !== LOCAL || size > LARGEST || (method !== STORED && method !== DEFLATED)) throw new NoArchive();
  // What is stored is as long as the file; more is not even read.
  if (method === STORED && packed !== size) throw new NoArchive();
  const begins = at + LOCAL_SIZE + head.getUint16(26, true) + head.getUint16(28, true);
  const bytes = file.slice(begins, begins + packed);
  const whole = method === STORED ? new Uint8Array(await bytes.arrayBuffer()) : await inflated(bytes, size);
  if (whole.length !== size) throw new NoArchive();
  return whole;
}

/** Never more than the directory says: whoever made the archive may have lied. */
async function inflated(bytes: Blob, size: number): Promise<Uint8Array<ArrayBuffer>> {
  const whole = new Uint8Array(size);
  const reader = bytes.stream().pipeThrough(new DecompressionStream("deflate-raw")).getReader();
  let at = 0;
  for (let piece = await reader.read(); !piece.done; piece = await reader.read()) {
    if (at + piece.value.length > size) {
      await reader.cancel();
      throw new NoArchive();
    }
    whole.set(piece.value, at);
    at += piece.value.length;
  }
  if (at !== size) throw new NoArchive();
  return whole;
}
