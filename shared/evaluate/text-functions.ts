import { cellOf } from '#shared/plan/value.ts';
import { type Implementation, ofTexts, strict } from './implementation.ts';

/** White space as Java's `Character.isWhitespace` has it: without the no-break spaces, with the information separators. */
const WHITE_SPACE: ReadonlySet<string> = new Set(
  '\t\n\v\f\r\x1c\x1d\x1e\x1f \u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2008\u2009\u200a\u2028\u2029\u205f\u3000',
);

function trim(text: string): string {
  let [start, end] = [0, text.length];
  while (start < end && WHITE_SPACE.has(text.charAt(start))) start += 1;
  while (end > start && WHITE_SPACE.has(text.charAt(end - 1))) end -= 1;
  return text.slice(start, end);
}

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
  trim: ofTexts((text = '') => trim(text)),
  to_lower: ofTexts((text = '') => text.toLowerCase()),
  to_upper: ofTexts((text = '') => text.toUpperCase()),
  starts_with: ofTexts((text = '', prefix = '') => text.startsWith(prefix)),
  ends_with: ofTexts((text = '', suffix = '') => text.endsWith(suffix)),
  split: ofTexts((text = '', delimiter = '') => (delimiter === '' ? null : cellOf(text.split(delimiter)))),
};
