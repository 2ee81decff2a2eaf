import { rangeOfNetwork } from '#shared/base/ip-address.ts';
import { bind, bindLong } from '../sql/bind.ts';
import { CANONICAL_FOUR } from '../sql/canonical-address.ts';
import { textLiteral } from '../sql/literal.ts';

/** An address in 128 bits, IPv4 within `::ffff:0:0/96`; NULL for text that is no address. */
export const addressOf = (text: string): string => `read_address(${text})`;

/** The address in hexadecimal digits, which are in its order. */
export const addressKey = (text: string): string =>
  bindLong('address', text, (one) => `lower(lpad(to_hex(${addressOf(one)}), 32, '0'))`);

/** The one text of the address that a text writes, see `canonicalAddress`; NULL for no address. */
export const canonicalOf = (text: string): string =>
  bindLong(
    'address',
    text,
    (one) => `CASE WHEN ${isCanonicalFour(one)} THEN ${one} ELSE address_text(${addressOf(one)}) END`,
  );

const isCanonicalFour = (text: string): string => `regexp_full_match(${text}, ${textLiteral(CANONICAL_FOUR)})`;

/** A list of addresses in their order, which that of their texts is not. */
export const inAddressOrder = (list: string): string => `by_address(${list})`;

/** Each address of a list as `{k, a}`, which are in order by their bytes. */
export const keyedAddresses = (list: string): string =>
  `list_transform(${list}, lambda a: {'k': ${addressKey('a')}, 'a': a})`;

/** Casts are tried, not done: CASE does not keep the engine from computing a branch early. */
const FOUR = bind(
  'parts',
  `string_split(four, '.')`,
  `CASE WHEN regexp_full_match(four, '(?:0|[1-9]\\d{0,2})(?:\\.(?:0|[1-9]\\d{0,2})){3}') AND list_max(TRY_CAST(parts AS INTEGER[])) < 256
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

const NUMBER = `CASE WHEN len(list_filter(groups, lambda x: regexp_full_match(x, '0*[0-9a-fA-F]{1,4}'))) = 8
  THEN list_reduce(list_transform(groups, lambda x: TRY_CAST(TRY_CAST('0x' || right(x, 4) AS INTEGER) AS UHUGEINT)),
    lambda a, b: a * 65536::UHUGEINT + b) END`;

const SIX = bind('halves', `string_split(${WITHOUT_DOTTED_END}, '::')`, bind('groups', FILLED, NUMBER));

/** What stands behind a % names an interface. */
const WRITTEN = `CASE WHEN contains(t, '%') THEN regexp_replace(t, '%.+$', '', 's') ELSE t END`;

/** What `addressOf` calls. Reads what `parseAddress` reads: dotted IPv4; IPv6 with one `::` and a dotted end. */
const READ_MACRO = `CREATE OR REPLACE MACRO read_address(t) AS
  ${bind('six', WRITTEN, `CASE WHEN contains(six, ':') THEN ${SIX} ELSE 281470681743360::UHUGEINT + ${readFour('six')}::UHUGEINT END`)}`;

/** The first of the longest stretches of zeros as `::`. */
const SHORTENED = [8, 7, 6, 5, 4, 3, 2]
  .map((zeros) => `'(?:^|:)0(?::0){${zeros - 1}}(?:$|:)'`)
  .reduceRight(
    (rest, zeros) => `CASE WHEN regexp_matches(g, ${zeros}) THEN regexp_replace(g, ${zeros}, '::') ELSE ${rest} END`,
    'g',
  );
const GROUPS = `array_to_string(list_transform(range(8),
  lambda i: coalesce(nullif(ltrim(substring(lpad(to_hex(a), 32, '0'), 4 * i + 1, 4), '0'), ''), '0')), ':')`;
const DOTTED = `array_to_string(list_transform([16777216, 65536, 256, 1], lambda i: (a % 4294967296)::BIGINT // i % 256), '.')`;
const TEXT_MACRO = `CREATE OR REPLACE MACRO address_text(n) AS
  ${bind('a', 'n', `CASE WHEN a IS NULL THEN NULL WHEN a // 4294967296 = 65535 THEN ${DOTTED} ELSE ${bind('g', `lower(${GROUPS})`, SHORTENED)} END`)}`;

const ORDER_MACRO = `CREATE OR REPLACE MACRO by_address(l) AS
  CASE WHEN len(l) > 1 THEN list_transform(list_sort(${keyedAddresses('l')}), lambda s: s.a) ELSE l END`;

export const ADDRESS_MACROS: readonly string[] = [READ_MACRO, TEXT_MACRO, ORDER_MACRO];

/**
 * Whether the address in `text` lies in one of these networks in CIDR notation; NULL for no address, false for networks that cannot be
 * read. The address is read once, and networks that meet are one: rules name dozens.
 */
export function inNetworks(text: string, networks: readonly string[]): string {
  const ranges = joined(networks.map(rangeOfNetwork).filter((range) => range !== null));
  if (ranges.length === 0) return 'false';
  const isWithinOne = (address: string): string =>
    ranges.map(([first, last]) => `${address} BETWEEN ${first}::UHUGEINT AND ${last}::UHUGEINT`).join(' OR ');
  return ranges.length === 1 ? isWithinOne(addressOf(text)) : bind('address', addressOf(text), isWithinOne('address'));
}

type AddressRange = readonly [first: bigint, last: bigint];

function joined(ranges: readonly AddressRange[]): readonly AddressRange[] {
  const apart: AddressRange[] = [];
  for (const [first, last] of ranges.toSorted(([left], [right]) => (left < right ? -1 : left > right ? 1 : 0))) {
    const before = apart.at(-1);
    if (before && first <= before[1] + 1n) apart[apart.length - 1] = [before[0], last > before[1] ? last : before[1]];
    else apart.push([first, last]);
  }
  return apart;
}
