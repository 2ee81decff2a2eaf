/** A set of numbers below a limit; sets of one limit can be compared. */
export type Bits = Uint32Array;

export function bitsOf(limit: number, numbers: Iterable<number>): Bits {
  const bits = new Uint32Array(Math.ceil(limit / 32));
  for (const number of numbers) bits[number >>> 5] = (bits[number >>> 5] ?? 0) | (1 << (number & 31));
  return bits;
}

export const both = (left: Bits, right: Bits): Bits => left.map((word, at) => word & (right[at] ?? 0));

export const without = (left: Bits, right: Bits): Bits => left.map((word, at) => word & ~(right[at] ?? 0));

export const isEmpty = (bits: Bits): boolean => bits.every((word) => word === 0);

export function countBits(bits: Bits): number {
  let count = 0;
  for (const word of bits) {
    let left = word - ((word >>> 1) & 0x55555555);
    left = (left & 0x33333333) + ((left >>> 2) & 0x33333333);
    count += (((left + (left >>> 4)) & 0x0f0f0f0f) * 0x01010101) >>> 24;
  }
  return count;
}

/** Ascending. */
export function numbersIn(bits: Bits): readonly number[] {
  const numbers: number[] = [];
  for (const [at, word] of bits.entries()) {
    for (let left = word; left !== 0; left &= left - 1) numbers.push(at * 32 + 31 - Math.clz32(left & -left));
  }
  return numbers;
}
