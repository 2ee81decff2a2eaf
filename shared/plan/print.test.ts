import { expect, test } from 'vitest';
import type { ElementTest, Expression } from './expression.ts';
import { MANY, ONE } from './pattern.ts';
import { printExpression, printName } from './print-expression.ts';

const column: Expression = { kind: 'column', name: 'a.b', type: 'string' };
const single: Expression = { kind: 'single', of: column };
const any = (test: ElementTest, caseless?: true): Expression => ({
  kind: 'any',
  field: 'f',
  type: 'string',
  test,
  ...(caseless && { caseless }),
});
const call: Expression = { kind: 'call', name: 'mv_dedupe', type: 'string', args: [column] };

const CASES: readonly (readonly [Expression, string])[] = [
  [column, 'a.b[]'],
  [single, 'a.b'],
  [{ kind: 'single', of: call }, 'single(mv_dedupe(a.b[]))'],
  [{ kind: 'literal', type: 'string', value: 'a"b\n' }, String.raw`"a\"b\n"`],
  [{ kind: 'literal', type: 'datetime', value: 0 }, '@1970-01-01T00:00:00.000Z'],
  [{ kind: 'literal', type: 'null', value: null }, 'null'],
  [{ kind: 'like', value: single, patterns: [['a*', MANY, ONE]] }, String.raw`a.b like "a\\**?"`],
  [
    { kind: 'not', operand: { kind: 'or', operands: [single, { kind: 'is-null', of: column }] } },
    'not (a.b or (a.b[] is null))',
  ],
  [any({ kind: 'exists' }), 'any f exists'],
  [any({ kind: 'equals', value: 'x' }, true), 'any caseless f == "x"'],
  [any({ kind: 'one-of', values: ['x', 'y'] }), 'any f in ("x", "y")'],
  [
    any({
      kind: 'range',
      bounds: [
        { operator: '>=', value: 'a' },
        { operator: '<', value: 'b' },
      ],
    }),
    'any f >= "a" and < "b"',
  ],
  [any({ kind: 'cidr', network: '10.0.0.0/8' }), 'any f within 10.0.0.0/8'],
];

test.each(CASES)('%j', (expression, text) => {
  expect(printExpression(expression)).toBe(text);
});

test('names that are more than dotted words stand in backticks', () => {
  expect(printName('@timestamp')).toBe('@timestamp');
  expect(printName('count(`x`)')).toBe('`count(``x``)`');
});
