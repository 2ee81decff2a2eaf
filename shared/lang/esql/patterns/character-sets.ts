import type { Range } from '#shared/plan/regex.ts';

const LAST_POINT = 0x10ffff;

/** The ranges in order, none touching another. */
export function merged(ranges: readonly Range[]): readonly Range[] {
  const result: [number, number][] = [];
  for (const [first, last] of ranges.toSorted((left, right) => left[0] - right[0])) {
    const before = result.at(-1);
    if (before && first <= before[1] + 1) before[1] = Math.max(before[1], last);
    else result.push([first, last]);
  }
  return result;
}

/** Every code point outside of the ranges. */
export function complement(ranges: readonly Range[]): readonly Range[] {
  const result: Range[] = [];
  let next = 0;
  for (const [first, last] of merged(ranges)) {
    if (first > next) result.push([next, first - 1]);
    next = last + 1;
  }
  return next <= LAST_POINT ? [...result, [next, LAST_POINT]] : result;
}

export const intersection = (left: readonly Range[], right: readonly Range[]): readonly Range[] =>
  complement([...complement(left), ...complement(right)]);

const of = (text: string): readonly Range[] =>
  Array.from(text, (character) => [character.charCodeAt(0), character.charCodeAt(0)] as const);
const between = (first: string, last: string): Range => [first.charCodeAt(0), last.charCodeAt(0)];

const DIGIT = [between('0', '9')];
const UPPER = [between('A', 'Z')];
const LOWER = [between('a', 'z')];
const ALPHA = [...UPPER, ...LOWER];
const ALNUM = [...DIGIT, ...ALPHA];
const SPACE = of('\t\n\v\f\r ');
const HEX = [...DIGIT, between('A', 'F'), between('a', 'f')];
const PUNCT = [between('!', '/'), between(':', '@'), between('[', '`'), between('{', '~')];

/** Classes of ASCII by their POSIX name in lower case. */
export const POSIX_CLASSES: ReadonlyMap<string, readonly Range[]> = new Map<string, readonly Range[]>([
  ['digit', DIGIT],
  ['upper', UPPER],
  ['lower', LOWER],
  ['alpha', ALPHA],
  ['alnum', ALNUM],
  ['word', [...ALNUM, ...of('_')]],
  ['space', SPACE],
  ['blank', of('\t ')],
  ['xdigit', HEX],
  ['punct', PUNCT],
  ['graph', [between('!', '~')]],
  ['print', [between(' ', '~')]],
  ['cntrl', [[0, 0x1f], ...of('\x7f')]],
  ['ascii', [[0, 0x7f]]],
]);

/** Classes by their letter; a capital negates. */
export const LETTER_CLASSES: ReadonlyMap<string, readonly Range[]> = new Map<string, readonly Range[]>([
  ['d', DIGIT],
  ['w', [...ALNUM, ...of('_')]],
  ['s', SPACE],
]);

/** Both cases of every letter of ASCII among the ranges beside them. */
export function caseless(ranges: readonly Range[]): readonly Range[] {
  const shifted = (letters: Range, by: number): readonly Range[] =>
    intersection(ranges, [letters]).map(([first, last]) => [first + by, last + by] as const);
  return merged([...ranges, ...shifted(between('A', 'Z'), 32), ...shifted(between('a', 'z'), -32)]);
}
