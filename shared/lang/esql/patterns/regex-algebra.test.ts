import fc from 'fast-check';
import { expect, test } from 'vitest';
import { arbitraryRegexOver } from '#shared/evaluate/generate/regexes.ts';
import { matchesRegex } from '#shared/evaluate/search-regex.ts';
import { printRegex, type Regex } from '#shared/plan/regex.ts';
import { complementOf, intersectionOf } from './regex-algebra.ts';

const POINTS = ['a', 'b', 'c', '\n', '\u{1F600}'];
const regex = arbitraryRegexOver(POINTS, 0);

const text = fc.array(fc.constantFrom(...POINTS, 'x'), { maxLength: 7 }).map((characters) => characters.join(''));

test('an intersection matches what both match, a complement what the expression does not', () => {
  fc.assert(
    fc.property(regex, regex, fc.array(text, { minLength: 8, maxLength: 8 }), (left, right, values) => {
      const [common, others] = [intersectionOf(left, right, 20_000), complementOf(left, 20_000)];
      for (const value of values) {
        const [one, two] = [left, right].map((each) => matchesRegex(each, value));
        if (common) expect(matchesRegex(common, value)).toBe(one && two);
        if (others) expect(matchesRegex(others, value)).toBe(!one);
      }
    }),
    { numRuns: 400 },
  );
});

test('what grows beyond all bounds is none', () => {
  const a: Regex = { kind: 'set', ranges: [[97, 97]], negated: false };
  const ab: Regex = { kind: 'set', ranges: [[97, 98]], negated: false };
  // That the twelfth code point from the end is an a takes 4096 states to know.
  const twelfth: Regex = {
    kind: 'sequence',
    parts: [{ kind: 'repeat', of: ab, least: 0, most: null }, a, { kind: 'repeat', of: ab, least: 11, most: 11 }],
  };
  expect(complementOf(twelfth, 2_000)).toBeNull();
  expect(complementOf({ kind: 'repeat', of: ab, least: 100, most: 100 }, 50)).toBeNull();
  expect(complementOf({ kind: 'repeat', of: ab, least: 1000, most: 1000 }, 2_000)).toBeNull();
});

test('of nothing in common nothing is left, and of nothing all is the rest', () => {
  const [a, b] = [97, 98].map((point): Regex => ({ kind: 'set', ranges: [[point, point]], negated: false }));
  if (!a || !b) throw new Error('two expressions');
  const none = intersectionOf(a, b, 10);
  expect(none && printRegex(none)).toBe('[^\\x{0}-\\x{10ffff}]');
  const all = none && complementOf(none, 10);
  expect(all && printRegex(all)).toMatch(/\*$/);
});
