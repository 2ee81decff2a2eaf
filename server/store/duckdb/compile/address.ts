import { isWithin, parseAddress } from '#shared/evaluate/ip-address.ts';

/** An address in 128 bits, IPv4 within `::ffff:0:0/96`; NULL for text that is no address. */
export const addressOf = (text: string): string => `read_address(${text})`;

/**
 * What `addressOf` calls: to be run once in a database. The macros read what `parseAddress` reads (dotted IPv4; IPv6 with one
 * `::` and a dotted end); a test holds them against it. Casts inside are tried, not done: CASE does not keep an engine
 * from evaluating a branch early.
 */
export const ADDRESS_MACROS: readonly string[] = [
  `CREATE OR REPLACE MACRO read_four(t) AS
    CASE WHEN regexp_full_match(t, '\\d{1,3}(\\.\\d{1,3}){3}') AND list_max(TRY_CAST(string_split(t, '.') AS INTEGER[])) < 256
      THEN list_reduce(TRY_CAST(string_split(t, '.') AS BIGINT[]), lambda a, b: a * 256 + b) END`,
  // The dotted end of an IPv6 address as two groups; NULL where it is none.
  `CREATE OR REPLACE MACRO without_dotted_end(t) AS
    CASE WHEN contains(t, '.')
      THEN regexp_replace(t, '[^:]*$', '', 's') || to_hex(read_four(regexp_extract(t, '[^:]*$')) // 65536)
        || ':' || to_hex(read_four(regexp_extract(t, '[^:]*$')) % 65536)
      ELSE t END`,
  `CREATE OR REPLACE MACRO groups_of(half) AS
    CASE WHEN half IS NULL OR half = '' THEN []::VARCHAR[] ELSE string_split(half, ':') END`,
  `CREATE OR REPLACE MACRO filled(head, tail, halves) AS
    CASE WHEN halves = 1 AND len(head) = 8 THEN head
      WHEN halves = 2 AND len(head) + len(tail) < 8
      THEN list_concat(list_concat(head, list_transform(range(8 - len(head) - len(tail)), lambda i: '0')), tail) END`,
  `CREATE OR REPLACE MACRO read_groups(g) AS
    CASE WHEN len(list_filter(g, lambda x: regexp_full_match(x, '[0-9a-fA-F]{1,4}'))) = 8
      THEN list_reduce(list_transform(g, lambda x: TRY_CAST(TRY_CAST('0x' || x AS INTEGER) AS UHUGEINT)), lambda a, b: a * 65536::UHUGEINT + b) END`,
  `CREATE OR REPLACE MACRO read_halves(h) AS
    read_groups(filled(groups_of(h[1]), groups_of(h[2]), len(h)))`,
  `CREATE OR REPLACE MACRO read_address(t) AS
    CASE WHEN contains(t, ':') THEN read_halves(string_split(without_dotted_end(t), '::'))
      ELSE 281470681743360::UHUGEINT + read_four(t)::UHUGEINT END`,
];

/** Whether the address in `text` lies in a network in CIDR notation; NULL for no address, false for an unreadable network. */
export function inNetwork(text: string, network: string): string {
  const [base = '', length] = network.split('/');
  const start = parseAddress(base);
  // A network contains its own base exactly where both can be read.
  if (start === null || !isWithin(network, base)) return 'false';
  const bits = base.includes(':') ? 128 : 32;
  const size = 1n << BigInt(bits - (length === undefined ? bits : Number(length)));
  const first = start - (start % size);
  return `${addressOf(text)} BETWEEN ${first}::UHUGEINT AND ${first + size - 1n}::UHUGEINT`;
}
