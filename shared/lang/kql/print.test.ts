import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Query } from './ast.ts';
import { parseKql } from './parse.ts';
import { printKql } from './print.ts';
import { queryNode } from './testing/arbitrary.ts';

/** The tree with all spans alike. */
const withoutSpans = (query: Query): unknown =>
  JSON.parse(JSON.stringify(query, (key, value) => (key === 'span' ? { from: 0, to: 0 } : value)));

test('a printed query parses to the tree it was printed from', () => {
  fc.assert(
    fc.property(queryNode, (query) => {
      const parsed = parseKql(printKql(query));
      expect(parsed.ok ? withoutSpans(parsed.value) : parsed.error).toEqual(withoutSpans(query));
    }),
    { numRuns: 2000 },
  );
});

test.each([
  ['', ''],
  ['(a:1)', 'a:1'],
  ['a:1  AND (b:2 or not c:3)', 'a:1 and (b:2 or not c:3)'],
  ['a:(1 or (2 and not 3))', 'a:(1 or 2 and not 3)'],
  ['a:(not 1)', 'a:(not 1)'],
  ['a>=5', 'a >= 5'],
  ['a:{b:1 or c : 2}', 'a:{ b:1 or c:2 }'],
  ['"a b":"c*" and d*:*x', '"a b":"c*" and d*:*x'],
])('%s prints as %s', (text, printed) => {
  const parsed = parseKql(text);
  expect(parsed.ok ? printKql(parsed.value) : parsed.error).toBe(printed);
});
