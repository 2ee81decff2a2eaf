import { textLiteral } from './literal.ts';

const PART = '(?:25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])';

/** The texts of IPv4 that `canonicalAddress` gives, in RE2. */
export const CANONICAL_FOUR = `${PART}(?:\\.${PART}){3}`;

const GROUP = '(?:0|[1-9a-f][0-9a-f]{0,3})';
const groups = (least: number, most: number): string => `${GROUP}(?::${GROUP}){${least - 1},${most - 1}}`;

/** Groups of IPv6 as they are shown, at least two of them left out. */
const SIX = [
  groups(8, 8),
  ...Array.from({ length: 7 }, (_, left) => {
    const head = left === 0 ? '' : groups(left, left);
    return left === 6 ? `${head}::` : `${head}::(?:${groups(1, 6 - left)})?`;
  }),
];
const ADDRESS = `"(?:${[CANONICAL_FOUR, ...SIX].join('|')})"`;
const ADDRESSES = textLiteral(`${ADDRESS}|\\[(?:${ADDRESS}(?:,${ADDRESS})*)?\\]`);
/** Two zeros beside each other, or one beside those left out: others may have been the longest stretch. IPv4 is dotted. */
const ODD = textLiteral('[":]0:(?:0|:)|::0[":]|"::ffff:');

/**
 * Whether JSON without blanks, a text or a list of texts, holds addresses as `canonicalAddress` writes them and nothing else. Not true of all
 * such: few addresses have stretches of zeros.
 */
export const isCanonicalJson = (json: string): string =>
  `(regexp_full_match(${json}, ${ADDRESSES}) AND NOT ((contains(${json}, ':0') OR contains(${json}, '"0') OR contains(${json}, '::ffff:'))
    AND regexp_matches(${json}, ${ODD})))`;
