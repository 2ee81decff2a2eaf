import { expect, test } from 'vitest';
import { highlightQuery } from './highlight-query.ts';

test.each(['kql', 'esql'] as const)('%s: the pieces together are the text', (language) => {
  for (const text of ['', 'process.name: "a b" and (', 'FROM x | WHERE a == "b" // c\n| STATS n = COUNT(*) BY', '"']) {
    const stretches = highlightQuery(language, text);
    expect(stretches.map((stretch) => stretch.text).join('')).toBe(text);
  }
});

test('fields, texts and words have colours of their own', () => {
  const coloured = highlightQuery('kql', 'process.name: "sh" and x').filter(({ classes }) => classes !== '');
  expect(coloured.map(({ text, classes }) => `${text.trim()} ${classes}`)).toEqual([
    'process.name code-field',
    ': code-operator',
    '"sh" code-string',
    'and code-keyword',
    'x code-string',
  ]);
});
