/** Bits above the address of IPv4 within `::ffff:0:0/96`. */
const FOUR = 0xffffn;

/**
 * An address as Elasticsearch reads it: 128 bits, IPv4 as `::ffff:a.b.c.d`. Null for other text. A part of IPv4 has no leading zero, a
 * group of IPv6 any number of them; what stands behind a % names an interface and counts for nothing (elastic/elasticsearch
 * `server/src/main/java/org/elasticsearch/common/network/InetAddresses.java`).
 */
export function parseAddress(text: string): bigint | null {
  const address = withoutInterface(text);
  const four = parseFour(address);
  if (four !== null) return (FOUR << 32n) | four;
  return address.includes(':') ? parseSix(address) : null;
}

/** A % at the end names none, and stays. */
function withoutInterface(text: string): string {
  const at = text.indexOf('%');
  return at === -1 || at === text.length - 1 ? text : text.slice(0, at);
}

function parseFour(text: string): bigint | null {
  const parts = text.split('.');
  if (parts.length !== 4 || !parts.every((part) => /^(?:0|[1-9]\d{0,2})$/.test(part) && Number(part) < 256))
    return null;
  return parts.reduce((address, part) => (address << 8n) | BigInt(part), 0n);
}

function parseSix(text: string): bigint | null {
  const halves = withoutDottedEnd(text)?.split('::');
  if (halves === undefined || halves.length > 2) return null;
  const [head = [], tail = []] = halves.map((half) => (half === '' ? [] : half.split(':')));
  const missing = 8 - head.length - tail.length;
  if (halves.length === 2 ? missing < 1 : missing !== 0) return null;
  const groups = [...head, ...Array.from({ length: missing }, () => '0'), ...tail];
  if (!groups.every((group) => /^0*[0-9a-f]{1,4}$/i.test(group))) return null;
  return groups.reduce((address, group) => (address << 16n) | BigInt(`0x${group}`), 0n);
}

/** `::ffff:10.0.0.1` with its last four bytes as two groups. */
function withoutDottedEnd(text: string): string | null {
  if (!text.includes('.')) return text;
  const at = text.lastIndexOf(':') + 1;
  const four = parseFour(text.slice(at));
  return four === null ? null : `${text.slice(0, at)}${(four >> 16n).toString(16)}:${(four & 0xffffn).toString(16)}`;
}

/**
 * The one text of an address, as Elasticsearch shows it (`InetAddresses.toAddrString`, RFC 5952): IPv4 dotted, also within `::ffff:0:0/96`;
 * else lower-case groups without leading zeros, the first of the longest stretches of zeros as `::`. Null for other text.
 */
export function canonicalAddress(text: string): string | null {
  const address = parseAddress(text);
  if (address === null) return null;
  return address >> 32n === FOUR ? dotted(address) : grouped(address);
}

const dotted = (address: bigint): string =>
  [24n, 16n, 8n, 0n].map((shift) => String((address >> shift) & 0xffn)).join('.');

function grouped(address: bigint): string {
  const groups = Array.from({ length: 8 }, (_, index) => (address >> BigInt(112 - 16 * index)) & 0xffffn);
  const written = groups.map((group) => group.toString(16)).join(':');
  for (let zeros = 8; zeros > 1; zeros -= 1) {
    const shortened = written.replace(new RegExp(`(?:^|:)0(?::0){${zeros - 1}}(?:$|:)`), '::');
    if (shortened !== written) return shortened;
  }
  return written;
}

/** Whether the text is an address, or one with the length of its network behind a slash: not one of IPv4 written as IPv6. */
export function isNetwork(text: string): boolean {
  const [base = '', length] = text.split('/');
  const start = parseAddress(base);
  if (length === undefined || start === null) return start !== null;
  const isSix = base.includes(':');
  const fits = /^\d{1,3}$/.test(length) && Number(length) <= (isSix ? 128 : 32);
  return fits && !(isSix && start >> 32n === FOUR) && text.split('/').length === 2;
}

/** The first and the last address of a network in CIDR notation; one without a length is a single address. Null where it cannot be read. */
export function rangeOfNetwork(network: string): readonly [first: bigint, last: bigint] | null {
  const [base = '', length] = network.split('/');
  const start = parseAddress(base);
  if (start === null || !isNetwork(network)) return null;
  const bits = base.includes(':') ? 128 : 32;
  const size = 1n << BigInt(bits - Number(length ?? bits));
  const first = start - (start % size);
  return [first, first + size - 1n];
}

/** Whether an address lies in a network. False where either cannot be read. */
export function isWithin(network: string, address: string): boolean {
  const range = rangeOfNetwork(network);
  const sought = parseAddress(address);
  return range !== null && sought !== null && sought >= range[0] && sought <= range[1];
}
