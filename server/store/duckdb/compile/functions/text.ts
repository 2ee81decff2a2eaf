import { bindLong } from '../../sql/bind.ts';
import { textLiteral } from '../../sql/literal.ts';
import { hasUnits } from '../../sql/utf16.ts';
import { type Cell, listOf, many, manyFrom, one, singleOf } from '../cell.ts';
import { lowerCase, upperCase } from '../letter-case.ts';
import { type Implementation, ofSingles, ofText, onEach, whereAll } from './implementation.ts';

/** White space as Java's `Character.isWhitespace` has it, in RE2. */
const WHITE_SPACE = String.raw`[\t-\r\x1c- \x{1680}\x{2000}-\x{2006}\x{2008}-\x{200a}\x{2028}\x{2029}\x{205f}\x{3000}]+`;
const START = textLiteral(`^${WHITE_SPACE}`);
const END = textLiteral(`${WHITE_SPACE}$`);
const ENDS = textLiteral(`^${WHITE_SPACE}|${WHITE_SPACE}$`);

/** As the engine has it, one code point becomes one. */
const caseless: Implementation = ([cell, limit]) => {
  if (cell === undefined) return one('string', 'NULL');
  const fits = (text: string) => (limit === undefined ? 'true' : hasUnits(text, singleOf(limit)));
  if (cell.kind === 'one') return one('string', `CASE WHEN ${fits(cell.sql)} THEN lower(${cell.sql}) END`);
  const kept = limit === undefined ? listOf(cell) : `list_filter(${listOf(cell)}, lambda e: ${fits('e')})`;
  return manyFrom('string', `list_sort(list_distinct(list_transform(${kept}, lambda e: lower(e))))`);
};

/** Longer than any text, shorter than what overflows the engine's arithmetic. */
const LONGEST = 4_294_967_295n;

const clamped = (length: string): string => `least(greatest(${length}, 0), ${LONGEST})`;

/** From 1; 0 is 1; a negative start counts from the end, and never before the beginning. */
const position = (text: string, start: string): string =>
  `CASE WHEN ${start} > 0 THEN least(${start}, ${LONGEST}) WHEN ${start} = 0 THEN 1
    ELSE greatest(length(${text}) + greatest(${start}, -${LONGEST}) + 1, 1) END`;

function substring([text = '', start = '', length]: readonly string[]): string {
  const rest = `substring(${text}, ${position(text, start)})`;
  if (length === undefined) return whereAll([text, start], rest);
  return `CASE WHEN ${length} >= 0 THEN ${whereAll([text, start], `left(${rest}, ${clamped(length)})`)} END`;
}

function splitAt(text: Cell | undefined, delimiter: Cell | undefined): Cell {
  if (text === undefined || delimiter === undefined) return one('string', 'NULL');
  const [whole, between] = [singleOf(text), singleOf(delimiter)];
  return many(
    'string',
    `CASE WHEN ${whole} IS NOT NULL AND ${between} <> '' THEN string_split(${whole}, ${between}) END`,
  );
}

/** Places count from 1; a start before the first is the first. */
function locate([text = '', part = '', start]: readonly string[]): string {
  if (start === undefined) return `strpos(${text}, ${part})`;
  const from = `least(greatest(${start}, 1), length(${text}) + 1)`;
  const behind = `substring(${text}, ${from})`;
  const found = `CASE WHEN contains(${behind}, ${part}) THEN strpos(${behind}, ${part}) + ${from} - 1 ELSE 0 END`;
  return whereAll([text, part, start], found);
}

const LONGEST_REPEATED = 1_000_000;

const repeat = ([text = '', times = '']: readonly string[]): string =>
  `CASE WHEN ${times} >= 0 AND length(${text})::HUGEINT * ${times} <= ${LONGEST_REPEATED}
    THEN repeat(${text}, CASE WHEN length(${text}) = 0 THEN 0 ELSE least(greatest(${times}, 0), ${LONGEST_REPEATED}) END) END`;

/** All count code points. The engine's `left` and `right` of a negative length count from the other end: never asked. */
export const TEXT_FUNCTIONS: Readonly<Record<string, Implementation>> = {
  length: ofText((text) => `length(${text})`),
  substring: ofSingles(substring),
  concat: ofSingles((texts) => `(${texts.join(' || ')})`),
  left: ofSingles(([text = '', length = '']) => whereAll([text, length], `left(${text}, ${clamped(length)})`)),
  right: ofSingles(([text = '', length = '']) => whereAll([text, length], `right(${text}, ${clamped(length)})`)),
  trim: ofText((text) => `regexp_replace(${text}, ${ENDS}, '', 'g')`),
  ltrim: ofText((text) => `regexp_replace(${text}, ${START}, '')`),
  rtrim: ofText((text) => `regexp_replace(${text}, ${END}, '')`),
  contains: ofSingles(([text = '', part = '']) => `contains(${text}, ${part})`),
  locate: ofSingles(locate),
  repeat: ofSingles(repeat),
  reverse: ofText((text) => `array_to_string(list_reverse(regexp_extract_all(${text}, '.', 0, 's')), '')`),
  byte_length: ofText((text) => `strlen(${text})`),
  bit_length: ofText((text) => `strlen(${text}) * 8`),
  to_lower: onEach((text) => bindLong('cased', text, lowerCase)),
  caseless,
  to_upper: onEach((text) => bindLong('cased', text, upperCase)),
  starts_with: ofSingles(([text = '', prefix = '']) => `starts_with(${text}, ${prefix})`),
  split: ([text, delimiter]) => splitAt(text, delimiter),
  ends_with: ofSingles(([text = '', suffix = '']) => `ends_with(${text}, ${suffix})`),
};
