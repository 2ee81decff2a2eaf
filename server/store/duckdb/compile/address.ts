import { isWithin, parseAddress } from '#shared/base/ip-address.ts';
import { bind, bindLong } from '../sql/bind.ts';

/** An address in 128 bits, IPv4 within `::ffff:0:0/96`; NULL for text that is no address. */
export const addressOf = (text: string): string => `read_address(${text})`;

/** The address in hexadecimal digits, for order and equality; other text behind a letter that is no digit. */
export const addressKey = (text: string): string =>
  bindLong('address', text, (one) => `coalesce(lower(lpad(to_hex(${addressOf(one)}), 32, '0')), 'g' || ${one})`);

/** Each address of a list as `{k, a}`, which are in order by their bytes, then as they are written. */
export const keyedAddresses = (list: string): string =>
  `list_transform(${list}, lambda a: {'k': ${addressKey('a')}, 'a': a})`;

/** Casts are tried, not done: CASE does not keep the engine from computing a branch early. */
const FOUR = bind(
  'parts',
  `string_split(four, '.')`,
  `CASE WHEN regexp_full_match(four, '\\d{1,3}(\\.\\d{1,3}){3}') AND list_max(TRY_CAST(parts AS INTEGER[])) < 256
    THEN list_reduce(TRY_CAST(parts AS BIGINT[]), lambda a, b: a * 256 + b) END`,
);

const readFour = (text: string): string => bind('four', text, FOUR);

/** The dotted end of an IPv6 address as two groups; NULL where it is none. */
const WITHOUT_DOTTED_END = `CASE WHEN contains(six, '.')
  THEN regexp_replace(six, '[^:]*$', '', 's')
    || ${bind('bytes', readFour(`regexp_extract(six, '[^:]*$')`), `to_hex(bytes // 65536) || ':' || to_hex(bytes % 65536)`)}
  ELSE six END`;

const groupsOf = (half: string): string =>
  `CASE WHEN coalesce(${half}, '') = '' THEN []::VARCHAR[] ELSE string_split(${half}, ':') END`;

/** Eight groups from the halves around `::`; NULL for too few or too many. */
const FILLED = bind(
  'found',
  `{'head': ${groupsOf('halves[1]')}, 'tail': ${groupsOf('halves[2]')}}`,
  bind(
    'missing',
    `8 - len(found.head) - len(found.tail)`,
    `CASE WHEN len(halves) = 1 AND missing = 0 THEN found.head
      WHEN len(halves) = 2 AND missing > 0
      THEN list_concat(list_concat(found.head, list_transform(range(missing), lambda i: '0')), found.tail) END`,
  ),
);

const NUMBER = `CASE WHEN len(list_filter(groups, lambda x: regexp_full_match(x, '[0-9a-fA-F]{1,4}'))) = 8
  THEN list_reduce(list_transform(groups, lambda x: TRY_CAST(TRY_CAST('0x' || x AS INTEGER) AS UHUGEINT)),
    lambda a, b: a * 65536::UHUGEINT + b) END`;

const SIX = bind('halves', `string_split(${WITHOUT_DOTTED_END}, '::')`, bind('groups', FILLED, NUMBER));

/** What `addressOf` calls. Reads what `parseAddress` reads: dotted IPv4; IPv6 with one `::` and a dotted end. */
export const ADDRESS_MACRO = `CREATE OR REPLACE MACRO read_address(t) AS
  ${bind('six', 't', `CASE WHEN contains(six, ':') THEN ${SIX} ELSE 281470681743360::UHUGEINT + ${readFour('six')}::UHUGEINT END`)}`;

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
