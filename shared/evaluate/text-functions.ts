import { sortedSet } from '#shared/base/order.ts';
import { lowerCaseText, utf16Length } from '#shared/base/text.ts';
import { utf8Of } from '#shared/base/utf8.ts';
import { cellOf, valuesOf } from '#shared/plan/value.ts';
import { type Implementation, ofTexts, strict } from './implementation.ts';

/** White space as Java's `Character.isWhitespace` has it: without the no-break spaces, with the information separators. */
const WHITE_SPACE: ReadonlySet<string> = new Set(
  '\t\n\v\f\r\x1c\x1d\x1e\x1f \u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2008\u2009\u200a\u2028\u2029\u205f\u3000',
);

function trimStart(text: string): string {
  let start = 0;
  while (start < text.length && WHITE_SPACE.has(text.charAt(start))) start += 1;
  return text.slice(start);
}

function trimEnd(text: string): string {
  let end = text.length;
  while (end > 0 && WHITE_SPACE.has(text.charAt(end - 1))) end -= 1;
  return text.slice(0, end);
}

/** Places count from 1, in code points; a start before the first is the first. */
const locate: Implementation = strict(([text, part, start = 1]) => {
  const points = [...String(text)];
  const from = Math.min(Math.max(Number(start), 1) - 1, points.length);
  const behind = points.slice(from).join('');
  const at = behind.indexOf(String(part));
  return at === -1 ? 0 : from + [...behind.slice(0, at)].length + 1;
});

/** Longest text that repeating makes, in code points. */
const LONGEST = 1_000_000;

const repeat: Implementation = strict(([text, times], call) => {
  if (Number(times) < 0) return call.failed('negative-length');
  const length = [...String(text)].length;
  return length * Number(times) > LONGEST
    ? call.failed('overflow')
    : String(text).repeat(length === 0 ? 0 : Number(times));
});

/** From 1; 0 is 1; a negative start counts from the end, and never before the beginning. */
function startIndex(start: number, count: number): number {
  if (start > 0) return Math.min(start - 1, count);
  return start === 0 ? 0 : Math.max(0, count + start);
}

const substring: Implementation = strict(([text, start, length], call) => {
  if (length !== undefined && Number(length) < 0) return call.failed('negative-length');
  const points = [...String(text)];
  const from = startIndex(Number(start), points.length);
  return points.slice(from, length === undefined ? undefined : from + Number(length)).join('');
});

/** Functions of text count code points (elastic/elasticsearch `docs/reference/`, ES|QL string functions). */
export const TEXT_FUNCTIONS: Readonly<Record<string, Implementation>> = {
  length: ofTexts((text = '') => [...text].length),
  substring,
  concat: ofTexts((...texts) => texts.join('')),
  left: strict(([text, length]) => [...String(text)].slice(0, Math.max(0, Number(length))).join('')),
  right: strict(([text, length]) => {
    const points = [...String(text)];
    return points.slice(points.length - Math.min(points.length, Math.max(0, Number(length)))).join('');
  }),
  trim: ofTexts((text = '') => trimStart(trimEnd(text))),
  ltrim: ofTexts((text = '') => trimStart(text)),
  rtrim: ofTexts((text = '') => trimEnd(text)),
  contains: ofTexts((text = '', part = '') => text.includes(part)),
  locate,
  repeat,
  reverse: ofTexts((text = '') => [...text].toReversed().join('')),
  byte_length: ofTexts((text = '') => utf8Of(text).length),
  bit_length: ofTexts((text = '') => utf8Of(text).length * 8),
  to_lower: ofTexts((text = '') => text.toLowerCase()),
  caseless: ([values, limit]) => {
    if (limit === null) return null;
    const most = limit === undefined ? Number.POSITIVE_INFINITY : Number(limit);
    const kept = valuesOf(values)
      .map(String)
      .filter((text) => utf16Length(text) <= most);
    return cellOf(sortedSet(kept.map(lowerCaseText)));
  },
  to_upper: ofTexts((text = '') => text.toUpperCase()),
  starts_with: ofTexts((text = '', prefix = '') => text.startsWith(prefix)),
  ends_with: ofTexts((text = '', suffix = '') => text.endsWith(suffix)),
  split: ofTexts((text = '', delimiter = '') => (delimiter === '' ? null : cellOf(text.split(delimiter)))),
};
