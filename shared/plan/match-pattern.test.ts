import fc from 'fast-check';
import { expect, test } from 'vitest';
import { matchesPattern } from './match-pattern.ts';
import { MANY, ONE, type Pattern } from './pattern.ts';

test.each<[Pattern, string, boolean]>([
  [[], '', true],
  [[], 'a', false],
  [['a'], 'a', true],
  [['a'], 'ab', false],
  [[MANY], '', true],
  [[MANY, MANY], 'a\nb', true],
  [['a', MANY], 'a', true],
  [['a', MANY, 'a'], 'a', false],
  [['ab', MANY, 'bc'], 'abc', false],
  [['a', MANY, 'b', MANY, 'c'], 'a-c-b-c', true],
  [['a', MANY, 'b', MANY, 'c'], 'a-c-b', false],
  [[MANY, 'aab'], 'aaab', true],
  [[MANY, 'ab', ONE, MANY, 'ab', ONE], 'ababx', false],
  [[MANY, 'ab', ONE, MANY, 'ab', ONE], 'abxabx', true],
  [[ONE], '\u{1F600}', true],
  [[ONE, ONE], '\u{1F600}', false],
  [[MANY, ONE], 'a\u{1F600}', true],
  [[MANY, 'x', ONE, MANY], 'x', false],
])('%j on %j', (pattern, text, expected) => {
  expect(matchesPattern(pattern, text)).toBe(expected);
});

test('many wildcards are not tried in every way', () => {
  const pattern = Array.from({ length: 200 }, () => [MANY, 'a']).flat();
  expect(matchesPattern([...pattern, 'b'], 'a'.repeat(2000))).toBe(false);
  expect(matchesPattern([...pattern, MANY], 'a'.repeat(2000))).toBe(true);
});

/** The slow and obvious way. */
function toRegExp(pattern: Pattern): RegExp {
  const source = pattern.map((part) => {
    if (typeof part === 'string') return part.replace(/[\\^$.*+?()[\]{}|/]/g, String.raw`\$&`);
    return part.wildcard === 'many' ? '[^]*' : '[^]';
  });
  return new RegExp(`^(?:${source.join('')})$`, 'u');
}

test('it finds what the regular expression of the pattern finds', () => {
  const letter = fc.constantFrom('a', 'b', '\u{1F600}', '.', '\n');
  const literal = fc.array(letter, { minLength: 1, maxLength: 3 }).map((letters) => letters.join(''));
  const pattern: fc.Arbitrary<Pattern> = fc.array(fc.oneof(fc.constantFrom(MANY, ONE), literal), { maxLength: 8 });
  const text = fc.array(letter, { maxLength: 12 }).map((letters) => letters.join(''));
  fc.assert(
    fc.property(pattern, text, (parts, value) => {
      expect(matchesPattern(parts, value)).toBe(toRegExp(parts).test(value));
    }),
    { numRuns: 2000 },
  );
});
