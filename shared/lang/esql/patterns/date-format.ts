import { fail, type Result, succeed } from '#shared/base/result.ts';

/** A piece of a pattern of Java's `DateTimeFormatter`: letters that stand for a part of the time, or text. */
export type FormatPart = { readonly letters: string } | { readonly text: string };

/** Letters in the widths that plans have; those of other locales and zones are not among them. */
const LETTERS: readonly string[] = [
  ...['yyyy', 'yy', 'MMMM', 'MMM', 'MM', 'M', 'dd', 'd', 'EEEE', 'EEE', 'HH', 'H', 'mm', 'ss', 'SSS'],
];

const PIECE = /'((?:[^']|'')*)'|([A-Za-z])\2*|[^A-Za-z']+/y;

/** The pieces of a pattern; the error names what is not supported. */
export function parseDateFormat(pattern: string): Result<readonly FormatPart[], string> {
  const parts: FormatPart[] = [];
  for (let at = 0; at < pattern.length; at = PIECE.lastIndex) {
    PIECE.lastIndex = at;
    const piece = PIECE.exec(pattern);
    if (!piece) return fail('a quote is not closed');
    const letters = piece[2] === undefined ? null : piece[0].replaceAll('u', 'y').replace(/^E{1,2}$/, 'EEE');
    if (letters !== null && !LETTERS.includes(letters)) {
      const meaning = letters.startsWith('Y') ? ', which mean the year that a week is counted to,' : '';
      return fail(`the letters ${piece[0]}${meaning} are not supported`);
    }
    const quoted = piece[1];
    const text = quoted === undefined ? piece[0] : quoted === '' ? "'" : quoted.replaceAll("''", "'");
    parts.push(letters === null ? { text } : { letters });
  }
  return succeed(parts);
}
