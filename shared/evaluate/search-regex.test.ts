import fc from 'fast-check';
import { expect, test } from 'vitest';
import { printRegex, type Regex } from '#shared/plan/regex.ts';
import { matchesRegex } from './search-regex.ts';

const POINTS = ['a', 'b', 'c', '.', '\n', '\u{1F600}'];
const code = fc.constantFrom(...POINTS).map((character) => character.codePointAt(0) ?? 0);

const { regex } = fc.letrec<{ regex: Regex }>((tie) => ({
  regex: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.record({
      kind: fc.constant('set' as const),
      ranges: fc.array(
        code.map((one) => [one, one] as const),
        { minLength: 1, maxLength: 2 },
      ),
      negated: fc.boolean(),
    }),
    fc.record({ kind: fc.constant('sequence' as const), parts: fc.array(tie('regex'), { maxLength: 3 }) }),
    fc.record({
      kind: fc.constant('choice' as const),
      options: fc.array(tie('regex'), { minLength: 1, maxLength: 3 }),
    }),
    fc
      .tuple(tie('regex'), fc.nat(2), fc.option(fc.nat(2)))
      .map(([of, least, more]): Regex => ({ kind: 'repeat', of, least, most: more === null ? null : least + more })),
  ),
}));

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
