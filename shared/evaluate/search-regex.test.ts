import fc from 'fast-check';
import { expect, test } from 'vitest';
import { printRegex, type Regex } from '#shared/plan/regex.ts';
import { arbitraryRegexOver } from './generate/regexes.ts';
import { matchesRegex } from './search-regex.ts';

const POINTS = ['a', 'b', 'c', '.', '\n', '\u{1F600}'];
const regex = arbitraryRegexOver(POINTS, 1);

test('it matches what the same expression of JavaScript matches', () => {
  const text = fc.array(fc.constantFrom(...POINTS), { maxLength: 8 }).map((characters) => characters.join(''));
  fc.assert(
    fc.property(regex, text, (expression, value) => {
      const same = new RegExp(`^(?:${printRegex(expression).replaceAll('\\x{', '\\u{')})$`, 'su');
      expect(matchesRegex(expression, value)).toBe(same.test(value));
    }),
    { numRuns: 3000 },
  );
});

test('no expression is slow: what makes others backtrack is gone through once', () => {
  const a: Regex = { kind: 'set', ranges: [[97, 97]], negated: false };
  const many: Regex = { kind: 'repeat', of: a, least: 0, most: null };
  const nested: Regex = {
    kind: 'repeat',
    of: { kind: 'repeat', of: many, least: 1, most: null },
    least: 0,
    most: null,
  };
  expect(matchesRegex({ kind: 'sequence', parts: [nested, a] }, `${'a'.repeat(5000)}b`)).toBe(false);
});
