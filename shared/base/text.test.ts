import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compareText, lowerCaseText, wellFormed } from './text.ts';

const utf8 = new TextEncoder();

function compareBytes(left: Uint8Array, right: Uint8Array): number {
  const at = left.findIndex((byte, index) => byte !== right[index]);
  const [a, b] = [left[at], right[at]];
  return a === undefined || b === undefined ? left.length - right.length : a - b;
}

test('text is ordered as its UTF-8 bytes are', () => {
  const text = fc.string({ unit: 'binary' });
  fc.assert(
    fc.property(text, text, text, (start, left, right) => {
      const [a, b] = [start + left, start + right];
      expect(Math.sign(compareText(a, b))).toBe(Math.sign(compareBytes(utf8.encode(a), utf8.encode(b))));
    }),
  );
  expect(compareText('\uFF5E', '\u{1F600}')).toBeLessThan(0);
});

test.each([
  ['ÄBC-1', 'äbc-1'],
  ['İ', 'i'],
  ['ΟΔΟΣ', 'οδοσ'],
  ['\u{10400}', '\u{10428}'],
  ['ß', 'ß'],
])('%s in lower case is %s', (text, lowered) => {
  expect(lowerCaseText(text)).toBe(lowered);
});

test('halves of surrogate pairs are replaced, pairs stay', () => {
  expect(wellFormed('a\ud83db\ude00c\u{1F600}')).toBe('a\ufffdb\ufffdc\u{1F600}');
});
