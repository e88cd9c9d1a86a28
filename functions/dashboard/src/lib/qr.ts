// QR codes for short links, drawn here so that no other party learns of them. Byte mode, error correction level L,
// versions 1 to 6, which need no version information. Up to 134 bytes.

/** Per version: data codewords and error correction codewords of a block, and how many blocks. */
const SIZES = [[19, 7, 1], [34, 10, 1], [55, 15, 1], [80, 20, 1], [108, 26, 1], [68, 18, 2]] as const;
const MOST_BYTES = 134;
/** Whether a text can be drawn. */
export const fits = (text: string): boolean => new TextEncoder().encode(text).length <= MOST_BYTES;

const EXP = new Uint8Array(510);
const LOG = new Uint8Array(256);
for (let power = 0, value = 1; power < 255; power++) {
  EXP[power] = EXP[power + 255] = value;
  LOG[value] = power;
  value = value < 128 ? value << 1 : (value << 1) ^ 0x11d;
}
const times = (a: number, b: number): number => (a && b ? EXP[LOG[a]! + LOG[b]!]! : 0);

/** Remainder of the data by the generator polynomial of `count` roots. */
export function correction(data: number[], count: number): number[] {
  let generator = [1];
  for (let root = 0; root < count; root++) {
    const next = [...generator, 0];
    generator.forEach((factor, at) => (next[at + 1]! ^= times(factor, EXP[root]!)));
    generator = next;
  }
  const rest = [...data, ...new Array<number>(count).fill(0)];
  for (let at = 0; at < data.length; at++) {
    const lead = rest[at]!;
    generator.forEach((factor, offset) => (rest[at + offset]! ^= times(factor, lead)));
  }
  return rest.slice(data.length);
}

/** Data and correction codewords of a text, with the version that holds them. */
export function codewords(text: string): { version: number; words: number[] } {
  const bytes = [...new TextEncoder().encode(text)];
  const version = SIZES.findIndex(([data, , blocks]) => bytes.length + 2 <= data * blocks) + 1;
  const size = SIZES[version - 1];
  if (!size) throw new RangeError("too long for a code of version 6");
  const [inBlock, corrections, blocks] = size;
  const bits: number[] = [];
  const push = (value: number, count: number): void => {
    for (let bit = count - 1; bit >= 0; bit--) bits.push((value >> bit) & 1);
  };
  push(0b0100, 4);
  push(bytes.length, 8);
  for (const byte of bytes) push(byte, 8);
  push(0, 4);
  const data: number[] = [];
  for (let at = 0; at + 8 <= bits.length; at += 8) data.push(parseInt(bits.slice(at, at + 8).join(""), 2));
  for (let pad = 0; data.length < inBlock * blocks; pad++) data.push(pad % 2 ? 0x11 : 0xec);
  const parts = Array.from({ length: blocks }, (_, at) => data.slice(at * inBlock, (at + 1) * inBlock));
  return { version, words: [...interleaved(parts), ...interleaved(parts.map((part) => correction(part, corrections)))] };
}

const interleaved = (parts: number[][]): number[] => parts[0]!.flatMap((_, at) => parts.map((part) => part[at]!));

const MASKS: ((row: number, column: number) => boolean)[] = [
  (r, c) => (r + c) % 2 === 0,
  (r) => r % 2 === 0,
  (_, c) => c % 3 === 0,
  (r, c) => (r + c) % 3 === 0,
  (r, c) => (Math.floor(r / 2) + Math.floor(c / 3)) % 2 === 0,
  (r, c) => ((r * c) % 2) + ((r * c) % 3) === 0,
  (r, c) => (((r * c) % 2) + ((r * c) % 3)) % 2 === 0,
  (r, c) => (((r + c) % 2) + ((r * c) % 3)) % 2 === 0,
];

/** The code as rows of dark (true) and light modules, without the quiet zone. */
export function qr(text: string): boolean[][] {
  const { version, words } = codewords(text);
  const all = MASKS.map((_, mask) => draw(version, words, mask));
  return all.reduce((best, one) => (penalty(one) < penalty(best) ? one : best));
}

function draw(version: number, words: number[], mask: number): boolean[][] {
  const size = 17 + 4 * version;
  const dark = Array.from({ length: size }, () => new Array<boolean>(size).fill(false));
  const fixed = Array.from({ length: size }, () => new Array<boolean>(size).fill(false));
  const set = (row: number, column: number, value: boolean): void => {
    if (row < 0 || column < 0 || row >= size || column >= size) return;
    dark[row]![column] = value;
    fixed[row]![column] = true;
  };
  for (let at = 0; at < size; at++) {
    set(6, at, at % 2 === 0);
    set(at, 6, at % 2 === 0);
  }
  for (const [row, column] of [[3, 3], [3, size - 4], [size - 4, 3]] as const) {
    for (let y = -4; y <= 4; y++) {
      for (let x = -4; x <= 4; x++) {
        const ring = Math.max(Math.abs(x), Math.abs(y));
        set(row + y, column + x, ring !== 2 && ring !== 4);
      }
    }
  }
  if (version > 1) {
    const middle = 4 * version + 10;
    for (let y = -2; y <= 2; y++) for (let x = -2; x <= 2; x++) set(middle + y, middle + x, Math.max(Math.abs(x), Math.abs(y)) !== 1);
  }
  // Level L is 01.
  const format = formatBits((0b01 << 3) | mask);
  for (let bit = 0; bit < 15; bit++) {
    const value = ((format >> bit) & 1) === 1;
    if (bit < 6) set(bit, 8, value);
    else if (bit < 8) set(bit + 1, 8, value);
    else set(size - 15 + bit, 8, value);
    if (bit < 8) set(8, size - 1 - bit, value);
    else if (bit < 9) set(8, 7, value);
    else set(8, 14 - bit, value);
  }
  set(size - 8, 8, true);
  let at = 0;
  let up = true;
  for (let right = size - 1; right > 0; right -= 2) {
    if (right === 6) right = 5;
    for (let step = 0; step < size; step++) {
      const row = up ? size - 1 - step : step;
      for (const column of [right, right - 1]) {
        if (fixed[row]![column]) continue;
        const bit = ((words[at >> 3] ?? 0) >> (7 - (at & 7))) & 1;
        dark[row]![column] = (bit === 1) !== MASKS[mask]!(row, column);
        at++;
      }
    }
    up = !up;
  }
  return dark;
}

function formatBits(data: number): number {
  let rest = data << 10;
  for (let bit = 14; bit >= 10; bit--) if ((rest >> bit) & 1) rest ^= 0x537 << (bit - 10);
  return ((data << 10) | rest) ^ 0x5412;
}

/** How hard a code is to read: long runs, squares of one colour, and an uneven share of dark. */
function penalty(code: boolean[][]): number {
  const size = code.length;
  let points = 0;
  for (const line of [code, code.map((_, column) => code.map((row) => row[column]!))]) {
    for (const cells of line) {
      let run = 1;
      for (let at = 1; at <= size; at++) {
        if (at < size && cells[at] === cells[at - 1]) run++;
        else {
          if (run >= 5) points += run - 2;
          run = 1;
        }
      }
    }
  }
  let dark = 0;
  code.forEach((row, y) =>
    row.forEach((cell, x) => {
      if (cell) dark++;
      if (y && x && cell === row[x - 1] && cell === code[y - 1]![x] && cell === code[y - 1]![x - 1]) points += 3;
    }),
  );
  return points + 10 * Math.floor(Math.abs((dark * 100) / size / size - 50) / 5);
}
