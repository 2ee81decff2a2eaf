/** A stretch of code points, both ends inclusive. */
export type Range = readonly [first: number, last: number];

/** One code point: any of these, or with `negated` any other. */
export interface RegexSet {
  readonly kind: 'set';
  readonly ranges: readonly Range[];
  readonly negated: boolean;
}

/** A place between code points. Lines end before a newline; word characters are those of ASCII. */
export type RegexPlace = 'text-start' | 'text-end' | 'line-start' | 'line-end' | 'word-edge' | 'no-word-edge';

/**
 * A regular expression in the forms that no text can make slow: nothing refers back. Where several matches are possible
 * the leftmost counts, of those the one whose earlier choices come first: of a `choice` the first option, of a `repeat` the
 * most, or with `lazy` the fewest. Tests of whole values have neither captures nor places in them.
 */
export type Regex =
  | RegexSet
  | { readonly kind: 'sequence'; readonly parts: readonly Regex[] }
  | { readonly kind: 'choice'; readonly options: readonly Regex[] }
  /** At least `least`, at most `most` times; null: any number. */
  | {
      readonly kind: 'repeat';
      readonly of: Regex;
      readonly least: number;
      readonly most: number | null;
      readonly lazy?: true;
    }
  /** What `of` took last, to be found by its number; numbers count from 1 in the order in which captures open. */
  | { readonly kind: 'capture'; readonly index: number; readonly of: Regex }
  | { readonly kind: 'place'; readonly at: RegexPlace }
  /** Whether one of `set` stands next (`ahead`) or before (`behind`); with `absent` whether none does. */
  | { readonly kind: 'look'; readonly side: 'ahead' | 'behind'; readonly set: RegexSet; readonly absent: boolean };

/** Any code point, line ends too. */
export const ANY_POINT: Regex = { kind: 'set', ranges: [], negated: true };

/** How many code points a matcher has to keep in sight: repetitions are written out. */
export function sizeOf(regex: Regex): number {
  switch (regex.kind) {
    case 'set':
    case 'place':
    case 'look':
      return 1;
    case 'capture':
      return sizeOf(regex.of);
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
      return `${regex.of.kind === 'set' ? printRegex(regex.of) : `(?:${printRegex(regex.of)})`}${printTimes(regex)}${regex.lazy ? '?' : ''}`;
    case 'capture':
      return `(${printRegex(regex.of)})`;
    case 'place':
      return PLACES[regex.at];
    case 'look':
      return `(?${regex.side === 'ahead' ? '' : '<'}${regex.absent ? '!' : '='}${printRegex(regex.set)})`;
  }
}

const PLACES: Readonly<Record<RegexPlace, string>> = {
  'text-start': '\\A',
  'text-end': '\\z',
  'line-start': '(?m:^)',
  'line-end': '(?m:$)',
  'word-edge': '\\b',
  'no-word-edge': '\\B',
};

/** The parts of a node. */
export function partsOf(regex: Regex): readonly Regex[] {
  switch (regex.kind) {
    case 'sequence':
      return regex.parts;
    case 'choice':
      return regex.options;
    case 'repeat':
    case 'capture':
      return [regex.of];
    case 'set':
    case 'place':
    case 'look':
      return [];
  }
}

/** Whether the expression can match without taking anything. */
export function isNullable(regex: Regex): boolean {
  switch (regex.kind) {
    case 'set':
      return false;
    case 'sequence':
      return regex.parts.every(isNullable);
    case 'choice':
      return regex.options.some(isNullable);
    case 'repeat':
      return regex.least === 0 || isNullable(regex.of);
    case 'capture':
      return isNullable(regex.of);
    case 'place':
    case 'look':
      return true;
  }
}

/** Whether it looks at what it does not take: what RE2 cannot. */
export const hasLook = (regex: Regex): boolean => regex.kind === 'look' || partsOf(regex).some(hasLook);

/** The text that the expression alone matches; null where it matches others too. */
export function literalText(regex: Regex): string | null {
  if (regex.kind === 'set') {
    const [only, ...more] = regex.ranges;
    return only && more.length === 0 && !regex.negated && only[0] === only[1] ? String.fromCodePoint(only[0]) : null;
  }
  if (regex.kind !== 'sequence') return null;
  const texts = regex.parts.map(literalText);
  return texts.every((text) => text !== null) ? texts.join('') : null;
}

function printSet({ ranges, negated }: RegexSet): string {
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
