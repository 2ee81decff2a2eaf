/** A stretch of code points, both ends inclusive. */
export type Range = readonly [first: number, last: number];

/**
 * A regular expression over whole values, in the forms that every executor has and that no text can make slow: no
 * groups to refer back to, nothing looked ahead for, no greed.
 */
export type Regex =
  /** One code point: any of these, or with `negated` any other. */
  | { readonly kind: 'set'; readonly ranges: readonly Range[]; readonly negated: boolean }
  | { readonly kind: 'sequence'; readonly parts: readonly Regex[] }
  | { readonly kind: 'choice'; readonly options: readonly Regex[] }
  /** At least `least`, at most `most` times; null: any number. */
  | { readonly kind: 'repeat'; readonly of: Regex; readonly least: number; readonly most: number | null };

/** Any code point, line ends too. */
export const ANY_POINT: Regex = { kind: 'set', ranges: [], negated: true };

/** How many code points a matcher has to keep in sight: repetitions are written out. */
export function sizeOf(regex: Regex): number {
  switch (regex.kind) {
    case 'set':
      return 1;
    case 'sequence':
      return regex.parts.reduce((size, part) => size + sizeOf(part), 0);
    case 'choice':
      return regex.options.reduce((size, option) => size + sizeOf(option), 0);
    case 'repeat':
      return Math.max(1, regex.most ?? regex.least) * sizeOf(regex.of);
  }
}

const METACHARACTERS = new Set([...'\\^$.*+?()[]{}|/-&#@~<>"']);

const point = (code: number): string => {
  const character = String.fromCodePoint(code);
  if (METACHARACTERS.has(character)) return `\\${character}`;
  return code < 0x20 || (code >= 0x7f && code < 0xa0) ? `\\x{${code.toString(16)}}` : character;
};

/** The expression in RE2's syntax, for a match that lets `.` take line ends; also how plans are printed. */
export function printRegex(regex: Regex): string {
  switch (regex.kind) {
    case 'set':
      return printSet(regex);
    case 'sequence':
      return regex.parts
        .map((part) => (part.kind === 'choice' ? `(?:${printRegex(part)})` : printRegex(part)))
        .join('');
    case 'choice':
      return regex.options.map(printRegex).join('|');
    case 'repeat':
      return `${regex.of.kind === 'set' ? printRegex(regex.of) : `(?:${printRegex(regex.of)})`}${printTimes(regex)}`;
  }
}

function printSet({ ranges, negated }: Regex & { readonly kind: 'set' }): string {
  const [only, ...more] = ranges;
  if (only === undefined) return negated ? '.' : '[^\\x{0}-\\x{10ffff}]';
  if (!negated && more.length === 0 && only[0] === only[1]) return point(only[0]);
  return `[${negated ? '^' : ''}${ranges.map(([first, last]) => (first === last ? point(first) : `${point(first)}-${point(last)}`)).join('')}]`;
}

function printTimes({ least, most }: Regex & { readonly kind: 'repeat' }): string {
  if (most === null) return least === 0 ? '*' : least === 1 ? '+' : `{${least},}`;
  if (least === most) return `{${least}}`;
  return least === 0 && most === 1 ? '?' : `{${least},${most}}`;
}
