import { classHighlighter, highlightTree } from '@lezer/highlight';
import { expect, test } from 'vitest';
import { parser } from './parser.generated.ts';

/** Each coloured stretch with its classes, as an editor would show it. */
function colours(text: string): readonly string[] {
  const stretches: string[] = [];
  highlightTree(parser.parse(text), classHighlighter, (from, to, classes) => {
    stretches.push(`${text.slice(from, to).trim()} ${classes}`);
  });
  return stretches;
}

test('fields, values and operators have colours of their own', () => {
  expect(colours('process.name:(sh or "a b") and not pid >= 5')).toEqual([
    'process.name tok-propertyName',
    ': tok-punctuation',
    '( tok-punctuation',
    'sh tok-literal',
    'or tok-operator',
    '"a b" tok-string',
    ') tok-punctuation',
    'and tok-operator',
    'not tok-operator',
    'pid tok-propertyName',
    '>= tok-operator',
    '5 tok-literal',
  ]);
});

test('an unfinished query is coloured as far as it goes', () => {
  expect(colours('process.name:(sh or ')).toContain('process.name tok-propertyName');
});
