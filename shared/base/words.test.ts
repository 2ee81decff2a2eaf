import { expect, test } from 'vitest';
import { wordsOf } from './words.ts';

test.each([
  ['The quick-brown FOX', ['the', 'quick', 'brown', 'fox']],
  ['Invoke-Expression(New-Object Net.WebClient)', ['invoke', 'expression', 'new', 'object', 'net.webclient']],
  ['/usr/bin/curl -s http://example.com:8080/x_y', ['usr', 'bin', 'curl', 's', 'http', 'example.com', '8080', 'x_y']],
  ["don't 1,000.5 a1.b 3.a", ["don't", '1,000.5', 'a1', 'b', '3', 'a']],
  ['foo:bar foo: bar', ['foo:bar', 'foo', 'bar']],
  ['_ __a ___', ['__a']],
  ['漢字かな', ['漢', '字', 'か', 'な']],
  ['E\u0301te\u0301 ÄÖÜ', ['e\u0301te\u0301', 'äöü']],
  ['\u{1F600} ...', []],
  ['', []],
])('the words of %j', (text, words) => {
  expect(wordsOf(text)).toEqual(words);
});

test('a long run of connectors is read in no time worth noticing', () => {
  expect(wordsOf('_'.repeat(1_000_000))).toEqual([]);
  expect(wordsOf(`${'a.'.repeat(500_000)}`)).toHaveLength(1);
});
