import fc from 'fast-check';
import { expect, test } from 'vitest';
import { MANY, ONE } from '#shared/plan/pattern.ts';
import { escapeExceptionPattern, exceptionPattern, hasStrayBackslash } from './wildcard.ts';

test.each([
  ['abc', ['abc']],
  ['a*b?', ['a', MANY, 'b', ONE]],
  [String.raw`a\*b\?c\\`, ['a*b?c\\']],
  [String.raw`C:\d*`, ['C:d', MANY]],
  ['end\\', ['end\\']],
  ['**', [MANY, MANY]],
  ['', []],
])('%s', (text, pattern) => {
  expect(exceptionPattern(text)).toEqual(pattern);
});

test('an escaped value means itself', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom('a', '*', '?', '\\', 'é', ' ') }), (value) => {
      expect(exceptionPattern(escapeExceptionPattern(value))).toEqual(value === '' ? [] : [value]);
      expect(hasStrayBackslash(escapeExceptionPattern(value))).toBe(false);
    }),
  );
});

test.each([
  [String.raw`\*\?\\`, false],
  ['plain*', false],
  [String.raw`C:\Windows`, true],
  ['end\\', true],
  [String.raw`\\\a`, true],
])('%s has a stray backslash: %s', (text, stray) => {
  expect(hasStrayBackslash(text)).toBe(stray);
});
