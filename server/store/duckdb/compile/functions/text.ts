import { textLiteral } from '../../sql/literal.ts';
import { type Cell, many, one, singleOf } from '../cell.ts';
import { type Implementation, ofSingles, ofText, onEach, whereAll } from './implementation.ts';

/** White space as Java's `Character.isWhitespace` has it, in RE2. */
const WHITE_SPACE = String.raw`[\t-\r\x1c- \x{1680}\x{2000}-\x{2006}\x{2008}-\x{200a}\x{2028}\x{2029}\x{205f}\x{3000}]+`;
const ENDS = textLiteral(`^${WHITE_SPACE}|${WHITE_SPACE}$`);

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

/** All count code points. The engine's `left` and `right` of a negative length count from the other end: never asked. */
export const TEXT_FUNCTIONS: Readonly<Record<string, Implementation>> = {
  length: ofText((text) => `length(${text})`),
  substring: ofSingles(substring),
  concat: ofSingles((texts) => `(${texts.join(' || ')})`),
  left: ofSingles(([text = '', length = '']) => whereAll([text, length], `left(${text}, ${clamped(length)})`)),
  right: ofSingles(([text = '', length = '']) => whereAll([text, length], `right(${text}, ${clamped(length)})`)),
  trim: ofText((text) => `regexp_replace(${text}, ${ENDS}, '', 'g')`),
  to_lower: onEach((text) => `lower(${text})`),
  to_upper: onEach((text) => `upper(${text})`),
  starts_with: ofSingles(([text = '', prefix = '']) => `starts_with(${text}, ${prefix})`),
  split: ([text, delimiter]) => splitAt(text, delimiter),
  ends_with: ofSingles(([text = '', suffix = '']) => `ends_with(${text}, ${suffix})`),
};
