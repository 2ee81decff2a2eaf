import { expect, test } from 'vitest';
import { csvLine, csvText } from './csv.ts';

test.each([
  ['=1+1', "'=1+1"],
  ['+1', "'+1"],
  ['-1', "'-1"],
  ['@SUM(A1)', "'@SUM(A1)"],
  ['\t=1', "'\t=1"],
  ['\r=1', '"\'\r=1"'],
  ['\n=1', '"\'\n=1"'],
  ['＝1+1', "'＝1+1"],
  ['=HYPERLINK("http://x","y")', '"\'=HYPERLINK(""http://x"",""y"")"'],
  ['a=1', 'a=1'],
  ['', ''],
  ['two\nlines', '"two\nlines"'],
])('%j cannot become a formula', (text, field) => {
  expect(csvText(text)).toBe(field);
});

test('numbers stay numbers, several values stand side by side, nothing is nothing', () => {
  expect(csvLine([-5, ['-a', 'b'], null, true])).toBe("-5,'-a; b,,true\r\n");
});
