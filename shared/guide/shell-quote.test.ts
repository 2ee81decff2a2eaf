import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { shellQuote } from './shell-quote.ts';

/** What a real shell makes of the words, one by one. */
const words = (quoted: readonly string[]): readonly string[] =>
  execFileSync('sh', ['-c', `printf '%s\\0' ${quoted.join(' ')}`], { encoding: 'utf8' })
    .split('\0')
    .slice(0, -1);

const HOSTILE = [
  '',
  "it's",
  "'; rm -rf / #",
  '$(touch /x)',
  '`id`',
  '$HOME',
  'a\\b\\',
  'two\nlines',
  'a\rb\tc',
  '\u001b[201~reboot',
  '100 % \\n\u0007',
  'é☃😀',
  '\u202egnp.exe',
  '*?[a]~',
  '-rf',
  '"double"',
  'a\u009bb',
  '!history',
];

test('a shell reads back exactly what was quoted', () => {
  expect(words(HOSTILE.map(shellQuote))).toEqual(HOSTILE);
});

test('whatever the text, one word comes out and no more', () => {
  const piece = fc.constantFrom(
    "'",
    '"',
    '\\',
    '$',
    '(',
    ')',
    '`',
    '\n',
    '\t',
    '%',
    ' ',
    ';',
    '&',
    '|',
    '!',
    'a',
    'é',
    '\u001b',
    '\u2028',
  );
  fc.assert(
    fc.property(fc.array(fc.array(piece, { maxLength: 8 }), { minLength: 50, maxLength: 50 }), (texts) => {
      const values = texts.map((parts) => `${parts.join('')}.`);
      expect(words(values.map(shellQuote))).toEqual(values);
    }),
    { numRuns: 20 },
  );
});

test('plain text stays readable, and no control character is left to a terminal', () => {
  expect(shellQuote('/var/www/html')).toBe("'/var/www/html'");
  expect(shellQuote("it's")).toBe(String.raw`'it'\''s'`);
  expect(shellQuote('a\u001b[31m')).toBe(String.raw`"$(printf 'a\033[31m')"`);
});
