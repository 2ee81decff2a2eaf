/** An address as Elasticsearch compares it: 128 bits, IPv4 as `::ffff:a.b.c.d` (`InetAddressPoint`). Null for other text. */
export function parseAddress(text: string): bigint | null {
  const four = parseFour(text);
  if (four !== null) return (0xffffn << 32n) | four;
  return text.includes(':') ? parseSix(text) : null;
}

function parseFour(text: string): bigint | null {
  const parts = text.split('.');
  if (parts.length !== 4 || !parts.every((part) => /^\d{1,3}$/.test(part) && Number(part) < 256)) return null;
  return parts.reduce((address, part) => (address << 8n) | BigInt(part), 0n);
}

function parseSix(text: string): bigint | null {
  const halves = withoutDottedEnd(text)?.split('::');
  if (halves === undefined || halves.length > 2) return null;
  const [head = [], tail = []] = halves.map((half) => (half === '' ? [] : half.split(':')));
  const missing = 8 - head.length - tail.length;
  if (halves.length === 2 ? missing < 1 : missing !== 0) return null;
  const groups = [...head, ...Array.from({ length: missing }, () => '0'), ...tail];
  if (!groups.every((group) => /^[0-9a-f]{1,4}$/i.test(group))) return null;
  return groups.reduce((address, group) => (address << 16n) | BigInt(`0x${group}`), 0n);
}

/** `::ffff:10.0.0.1` with its last four bytes as two groups. */
function withoutDottedEnd(text: string): string | null {
  if (!text.includes('.')) return text;
  const at = text.lastIndexOf(':') + 1;
  const four = parseFour(text.slice(at));
  return four === null ? null : `${text.slice(0, at)}${(four >> 16n).toString(16)}:${(four & 0xffffn).toString(16)}`;
}

/** Whether the text is an address, or one with the length of its network behind a slash. */
export function isNetwork(text: string): boolean {
  const [base = '', length] = text.split('/');
  const bits = base.includes(':') ? 128 : 32;
  const fits = length === undefined || (/^\d{1,3}$/.test(length) && Number(length) <= bits);
  return parseAddress(base) !== null && fits && text.split('/').length <= 2;
}

/**
 * Whether an address lies in a network in CIDR notation; one without a length is a single address. False where either
 * cannot be read.
 */
export function isWithin(network: string, address: string): boolean {
  const [base = '', length] = network.split('/');
  const [start, sought] = [parseAddress(base), parseAddress(address)];
  if (start === null || sought === null) return false;
  const bits = base.includes(':') ? 128 : 32;
  const kept = length === undefined ? bits : Number(length);
  if (!/^\d{0,3}$/.test(length ?? '') || length === '' || kept > bits) return false;
  const shift = BigInt(bits - kept);
  return start >> shift === sought >> shift;
}
