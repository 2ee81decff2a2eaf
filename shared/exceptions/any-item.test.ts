import fc from 'fast-check';
import { expect, test } from 'vitest';
import { evaluateFilter } from '#shared/evaluate/evaluate.ts';
import { allOf, anyOf, type Expression, not } from '#shared/plan/expression.ts';
import { MANY } from '#shared/plan/pattern.ts';
import { visitExpression } from '#shared/plan/walk.ts';
import { anyItem } from './any-item.ts';

const leaf = (field: string, ...values: readonly string[]): Expression => ({
  kind: 'any',
  field,
  type: 'string',
  test: values.length === 1 ? { kind: 'equals', value: values[0] ?? '' } : { kind: 'one-of', values },
});

const leaves = (expression: Expression): number => {
  let count = 0;
  visitExpression(expression, (node) => {
    count += Number(node.kind === 'any');
  });
  return count;
};

test('a thousand items on one field are one set of values', () => {
  const items = Array.from({ length: 1000 }, (_, index) => leaf('name', `n${index}`));
  const any = anyItem(items);
  expect(leaves(any)).toBe(1);
  expect(any).toMatchObject({ field: 'name', test: { kind: 'one-of' } });
});

test('a condition that items have in common is asked once', () => {
  const items = Array.from({ length: 20 }, (_, index) => allOf([leaf('name', `n${index}`), leaf('line', 'x', 'y')]));
  expect(anyItem(items)).toMatchObject({
    kind: 'and',
    operands: [
      { field: 'line', test: { kind: 'one-of' } },
      { field: 'name', test: { kind: 'one-of' } },
    ],
  });
});

test('items with more conditions stand behind one question to the field that they all compare', () => {
  const items = Array.from({ length: 20 }, (_, index) => allOf([leaf('name', `n${index}`), leaf('line', `l${index}`)]));
  expect(anyItem(items)).toMatchObject({
    kind: 'and',
    operands: [
      { field: 'name', test: { kind: 'one-of' } },
      { kind: 'or', operands: items },
    ],
  });
});

test('whatever the items, the answer is that of all of them joined by OR', () => {
  const value = fc.constantFrom('a', 'b', 'c', 'd');
  const anyLeaf = fc
    .tuple(fc.constantFrom('x', 'y'), fc.array(value, { minLength: 1, maxLength: 3 }))
    .map(([field, values]) => leaf(field, ...values));
  const operand = fc.oneof(
    anyLeaf,
    anyLeaf.map((one) => not(one)),
  );
  const item = fc.oneof(
    operand,
    fc.array(operand, { minLength: 2, maxLength: 3 }).map((all) => allOf(all)),
  );
  const document = fc.record({ x: fc.subarray(['a', 'b', 'c', 'd']), y: fc.subarray(['a', 'b', 'c', 'd']) });
  fc.assert(
    fc.property(fc.array(item, { maxLength: 40 }), document, (items, { x, y }) => {
      const flat = new Map(Object.entries({ x, y }).filter(([, values]) => values.length > 0));
      expect(evaluateFilter(anyItem(items), flat, 0)).toBe(evaluateFilter(anyOf(items), flat, 0));
    }),
  );
});

test('patterns that begin alike stand behind one question for their beginning, and mean the same', () => {
  const pattern = (begins: string, ends: string): Expression => ({
    kind: 'any',
    field: 'line',
    type: 'string',
    test: { kind: 'like', pattern: [begins, MANY, ends] },
  });
  const items = Array.from({ length: 9 }, (_, index) => pattern(`convert ${index}`, 'png'));
  const any = anyItem([...items, pattern('ls', '')]);
  expect(any).toMatchObject({
    kind: 'or',
    operands: [{ kind: 'and', operands: [{ test: { pattern: ['convert ', MANY] } }, { kind: 'or' }] }, {}],
  });
  for (const line of ['convert 3.png', 'convert 3.gif', 'convert x.png', 'ls -l', 'l', 'xconvert 3.png']) {
    const document = new Map([['line', [line]]]);
    expect(evaluateFilter(any, document, 0)).toBe(evaluateFilter(anyOf([...items, pattern('ls', '')]), document, 0));
  }
});
