import { utf8Of } from './utf8.ts';

/** Bytes as lower-case hexadecimal digits. */
export type Hex = string;

const BLOCK = 64;

/** The message with its end marked and its length in bits behind it, in whole blocks (RFC 1321, 3.1 and 3.2; FIPS 180-4, 5.1). */
function padded(bytes: readonly number[], lengthFirst: 'low' | 'high'): DataView {
  const size = Math.ceil((bytes.length + 9) / BLOCK) * BLOCK;
  const view = new DataView(new ArrayBuffer(size));
  for (const [at, byte] of bytes.entries()) view.setUint8(at, byte);
  view.setUint8(bytes.length, 0x80);
  view.setBigUint64(size - 8, BigInt(bytes.length) * 8n, lengthFirst === 'low');
  return view;
}

const rotated = (word: number, by: number): number => (word << by) | (word >>> (32 - by));

function hexOf(words: readonly number[], lowFirst: boolean): Hex {
  const view = new DataView(new ArrayBuffer(words.length * 4));
  for (const [at, word] of words.entries()) view.setUint32(at * 4, word, lowFirst);
  return Array.from({ length: view.byteLength }, (_, at) => view.getUint8(at).toString(16).padStart(2, '0')).join('');
}

/** Runs a compression function over all blocks; `words` is the state before and after. */
function digest(
  text: string,
  lowFirst: boolean,
  initial: readonly number[],
  compress: (state: readonly number[], wordAt: (index: number) => number) => readonly number[],
): Hex {
  const message = padded(utf8Of(text), lowFirst ? 'low' : 'high');
  let state = initial;
  for (let at = 0; at < message.byteLength; at += BLOCK) {
    const changed = compress(state, (index) => message.getUint32(at + index * 4, lowFirst));
    state = state.map((word, index) => (word + (changed[index] ?? 0)) | 0);
  }
  return hexOf(state, lowFirst);
}

const MD5_START = [0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476];
const MD5_SINES = Array.from({ length: 64 }, (_, index) => Math.floor(Math.abs(Math.sin(index + 1)) * 2 ** 32) | 0);
const MD5_SHIFTS = [
  [7, 12, 17, 22],
  [5, 9, 14, 20],
  [4, 11, 16, 23],
  [6, 10, 15, 21],
];

/** Which word of the block each step of a round takes: the first, and how far the next lies. */
const MD5_WORDS = [
  [0, 1],
  [1, 5],
  [5, 3],
  [0, 7],
];

function mixed(round: number, b: number, c: number, d: number): number {
  if (round === 0) return (b & c) | (~b & d);
  if (round === 1) return (d & b) | (~d & c);
  return round === 2 ? b ^ c ^ d : c ^ (b | ~d);
}

/** RFC 1321, of the text's UTF-8. */
export const md5 = (text: string): Hex =>
  digest(text, true, MD5_START, ([a = 0, b = 0, c = 0, d = 0], wordAt) => {
    for (let step = 0; step < 64; step += 1) {
      const round = step >> 4;
      const [first = 0, stride = 0] = MD5_WORDS[round] ?? [];
      const shift = MD5_SHIFTS[round]?.[step & 3] ?? 0;
      const sum = a + mixed(round, b, c, d) + wordAt((first + stride * step) & 15) + (MD5_SINES[step] ?? 0);
      [a, d, c, b] = [d, c, b, (b + rotated(sum | 0, shift)) | 0];
    }
    return [a, b, c, d];
  });

/** The block's words, and those made of them. */
function schedule(
  wordAt: (index: number) => number,
  length: number,
  next: (words: readonly number[], at: number) => number,
) {
  const words = Array.from({ length: 16 }, (_, index) => wordAt(index));
  for (let at = 16; at < length; at += 1) words.push(next(words, at) | 0);
  return words;
}

const SHA1_START = [0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0];
const SHA1_ROUNDS = [0x5a827999, 0x6ed9eba1, 0x8f1bbcdc, 0xca62c1d6];

const at = (words: readonly number[], index: number): number => words[index] ?? 0;

/** FIPS 180-4, 6.1, of the text's UTF-8. */
export const sha1 = (text: string): Hex =>
  digest(text, false, SHA1_START, ([a = 0, b = 0, c = 0, d = 0, e = 0], wordAt) => {
    const words = schedule(wordAt, 80, (known, t) =>
      rotated(at(known, t - 3) ^ at(known, t - 8) ^ at(known, t - 14) ^ at(known, t - 16), 1),
    );
    for (const [t, word] of words.entries()) {
      const round = Math.floor(t / 20);
      const f = round === 0 ? (b & c) ^ (~b & d) : round === 2 ? (b & c) ^ (b & d) ^ (c & d) : b ^ c ^ d;
      const sum = rotated(a, 5) + f + e + word + (SHA1_ROUNDS[round] ?? 0);
      [e, d, c, b, a] = [d, c, rotated(b, 30), a, sum | 0];
    }
    return [a, b, c, d, e];
  });

const isPrime = (number: number): boolean => {
  for (let divisor = 2; divisor * divisor <= number; divisor += 1) if (number % divisor === 0) return false;
  return true;
};
const PRIMES: readonly number[] = Array.from({ length: 310 }, (_, index) => index + 2)
  .filter(isPrime)
  .slice(0, 64);
/** The first 32 bits behind the point. */
const fractionOf = (number: number): number => Math.floor((number - Math.floor(number)) * 2 ** 32) | 0;
const SHA256_START = PRIMES.slice(0, 8).map((prime) => fractionOf(Math.sqrt(prime)));
const SHA256_ROUNDS = PRIMES.map((prime) => fractionOf(Math.cbrt(prime)));

const sigma = (word: number, first: number, second: number, shift: number): number =>
  rotated(word, 32 - first) ^ rotated(word, 32 - second) ^ (word >>> shift);
const turned = (word: number, first: number, second: number, third: number): number =>
  rotated(word, 32 - first) ^ rotated(word, 32 - second) ^ rotated(word, 32 - third);

/** FIPS 180-4, 6.2, of the text's UTF-8. */
export const sha256 = (text: string): Hex =>
  digest(text, false, SHA256_START, (state, wordAt) => {
    let [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = state;
    const words = schedule(
      wordAt,
      64,
      (known, t) =>
        sigma(at(known, t - 2), 17, 19, 10) + at(known, t - 7) + sigma(at(known, t - 15), 7, 18, 3) + at(known, t - 16),
    );
    for (const [t, word] of words.entries()) {
      const one = h + turned(e, 6, 11, 25) + ((e & f) ^ (~e & g)) + (SHA256_ROUNDS[t] ?? 0) + word;
      const two = turned(a, 2, 13, 22) + ((a & b) ^ (a & c) ^ (b & c));
      [h, g, f, e, d, c, b, a] = [g, f, e, (d + one) | 0, c, b, a, (one + two) | 0];
    }
    return [a, b, c, d, e, f, g, h];
  });
