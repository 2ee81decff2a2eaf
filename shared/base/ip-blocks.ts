import { parseAddress } from './ip-address.ts';

const BITS = 128n;
const FOURS = 0xffffn << 32n;

/**
 * The networks, in CIDR notation, that hold every address from one to another and no other: fewest first to last. None where
 * the first is the greater, or either cannot be read.
 */
export function blocksBetween(from: string, to: string): readonly string[] {
  const [first, last] = [parseAddress(from), parseAddress(to)];
  if (first === null || last === null) return [];
  const blocks: string[] = [];
  for (let at = first; at <= last; ) {
    const free = freeBits(at, last);
    blocks.push(networkText(at, free));
    at += 1n << free;
  }
  return blocks;
}

/** Bits at the end of an address that may be anything without leaving the stretch. */
function freeBits(at: bigint, last: bigint): bigint {
  let free = 0n;
  while (free < BITS && (at >> free) % 2n === 0n && at + (2n << free) - 1n <= last) free += 1n;
  return free;
}

function networkText(address: bigint, free: bigint): string {
  if (address >> 32n === FOURS >> 32n && free <= 32n) {
    const bytes = [24n, 16n, 8n, 0n].map((shift) => (address >> shift) & 0xffn);
    return `${bytes.join('.')}/${32n - free}`;
  }
  const groups = Array.from({ length: 8 }, (_, index) => (address >> BigInt(112 - 16 * index)) & 0xffffn);
  return `${groups.map((group) => group.toString(16)).join(':')}/${BITS - free}`;
}
