/** A set of numbers below a limit; sets of one limit can be compared. */
export type Bits = Uint32Array;

export function bitsOf(limit: number, numbers: Iterable<number>): Bits {
  const bits = new Uint32Array(Math.ceil(limit / 32));
  for (const number of numbers) bits[number >>> 5] = (bits[number >>> 5] ?? 0) | (1 << (number & 31));
  return bits;
}

export function both(left: Bits, right: Bits): Bits {
  const bits = new Uint32Array(left.length);
  for (let at = 0; at < bits.length; at++) bits[at] = (left[at] ?? 0) & (right[at] ?? 0);
  return bits;
}

export function either(left: Bits, right: Bits): Bits {
  const bits = new Uint32Array(left.length);
  for (let at = 0; at < bits.length; at++) bits[at] = (left[at] ?? 0) | (right[at] ?? 0);
  return bits;
}

export function without(left: Bits, right: Bits): Bits {
  const bits = new Uint32Array(left.length);
  for (let at = 0; at < bits.length; at++) bits[at] = (left[at] ?? 0) & ~(right[at] ?? 0);
  return bits;
}

export function isEmpty(bits: Bits): boolean {
  for (const word of bits) if (word !== 0) return false;
  return true;
}

/** How many numbers are in both. */
export function countBoth(left: Bits, right: Bits): number {
  let count = 0;
  for (let at = 0; at < left.length; at++) {
    const word = (left[at] ?? 0) & (right[at] ?? 0);
    const pairs = word - ((word >>> 1) & 0x55555555);
    const fours = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333);
    count += (((fours + (fours >>> 4)) & 0x0f0f0f0f) * 0x01010101) >>> 24;
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
