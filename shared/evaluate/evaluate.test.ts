import { expect, test } from 'vitest';
import { flatten } from '#shared/event/document.ts';
import { catalogueOf, type Field } from '#shared/event/field.ts';
import type { Expression } from '#shared/plan/expression.ts';
import { MANY } from '#shared/plan/pattern.ts';
import type { Aggregate, AggregateFunction, Step } from '#shared/plan/plan.ts';
import { evaluateFilter, evaluatePlan } from './evaluate.ts';

const catalogue = catalogueOf([
  { name: '@timestamp', type: 'date' },
  { name: 'name', type: 'keyword' },
  { name: 'host', type: 'keyword' },
  { name: 'args', type: 'keyword', many: true },
  { name: 'size', type: 'long' },
] satisfies Field[]);

const NOW = Date.parse('2026-11-21T12:00:00Z');
const text = (value: string): Expression => ({ kind: 'literal', type: 'string', value });
const long = (value: number): Expression => ({ kind: 'literal', type: 'long', value });
const name: Expression = { kind: 'column', name: 'name', type: 'string' };
const host: Expression = { kind: 'column', name: 'host', type: 'string' };
const args: Expression = { kind: 'column', name: 'args', type: 'string' };
const size: Expression = { kind: 'column', name: 'size', type: 'long' };
const single = (of: Expression): Expression => ({ kind: 'single', of });
const equals = (left: Expression, right: Expression): Expression => ({ kind: 'compare', operator: '==', left, right });

const aggregate = (fn: AggregateFunction, of: Expression | null, where: Expression | null = null): Aggregate => ({
  name: fn,
  function: fn,
  of,
  where,
});

function run(steps: readonly Step[], documents: readonly unknown[]) {
  const events = documents.map((document, index) => ({ number: index + 1, document: flatten(document, catalogue) }));
  return evaluatePlan({ steps }, events, { now: NOW, catalogue });
}

/** Visible columns of each row, in order, as text. */
const shown = (steps: readonly Step[], documents: readonly unknown[]): readonly string[] => {
  const { columns, rows } = run(steps, documents);
  const visible = columns.filter((column) => !column.name.startsWith('$'));
  return rows.map((row) => visible.map((column) => `${column.name}=${JSON.stringify(row[column.name])}`).join(' '));
};

const keep = (...columns: string[]): Step => ({ kind: 'keep', columns });

test('a source row has every field of the catalogue, and its event number', () => {
  const { columns, rows } = run([], [{ name: 'a', other: 1 }]);
  expect(columns.map((column) => column.name)).toEqual(['@timestamp', 'name', 'host', 'args', 'size', '$event']);
  expect(rows).toEqual([{ '@timestamp': null, name: 'a', host: null, args: null, size: null, $event: 1 }]);
});

test('a filter keeps rows where it is exactly true', () => {
  const documents = [{ name: 'a' }, { name: 'b' }, {}, { name: ['a', 'b'] }];
  const filter: Step = { kind: 'filter', where: equals(single(name), text('a')) };
  expect(shown([filter, keep('name')], documents)).toEqual(['name="a"']);
  expect(shown([{ kind: 'filter', where: { kind: 'not', operand: filter.where } }, keep('name')], documents)).toEqual([
    'name="b"',
  ]);
});

test('evaluateFilter answers true, false or null', () => {
  const filter = equals(single(name), text('a'));
  const outcomes = [{ name: 'a' }, { name: 'b' }, {}, { name: ['a', 'b'] }].map((document) =>
    evaluateFilter(filter, flatten(document, catalogue), NOW),
  );
  expect(outcomes).toEqual([true, false, null, null]);
});

test('keep orders columns and never drops hidden ones', () => {
  const { columns, rows } = run([keep('size', 'name')], [{ name: 'a', size: 1, host: 'h' }]);
  expect(columns.map((column) => column.name)).toEqual(['size', 'name', '$event']);
  expect(rows).toEqual([{ size: 1, name: 'a', $event: 1 }]);
});

test('derived columns see earlier ones, and replace and move one of their name', () => {
  const derive: Step = {
    kind: 'derive',
    columns: [
      { name: 'twice', value: { kind: 'arithmetic', operator: '*', type: 'long', left: single(size), right: long(2) } },
      {
        name: 'name',
        value: {
          kind: 'call',
          name: 'to_string',
          type: 'string',
          args: [{ kind: 'column', name: 'twice', type: 'long' }],
        },
      },
    ],
  };
  expect(shown([keep('name', 'size'), derive], [{ name: 'a', size: 4 }])).toEqual(['size=4 twice=8 name="8"']);
});

test('a renamed column keeps its place; another of the new name gives way', () => {
  const rename: Step = { kind: 'rename', columns: [{ from: 'name', to: 'size' }] };
  expect(shown([keep('host', 'name', 'size'), rename], [{ name: 'a', size: 4, host: 'h' }])).toEqual([
    'host="h" size="a"',
  ]);
});

test('null is a group, and several values enter one group each', () => {
  const step: Step = {
    kind: 'aggregate',
    aggregates: [aggregate('count', null), aggregate('values', args)],
    keys: [
      { name: 'name', value: name },
      { name: 'host', value: host },
    ],
  };
  const documents = [
    { name: ['a', 'b'], host: ['x', 'y'], args: ['1', '2'] },
    { name: 'a', host: 'x', args: '3' },
    { host: 'x' },
    {},
    {},
  ];
  expect(shown([step], documents)).toEqual([
    'count=2 values=["1","2","3"] name="a" host="x"',
    'count=1 values=["1","2"] name="a" host="y"',
    'count=1 values=["1","2"] name="b" host="x"',
    'count=1 values=["1","2"] name="b" host="y"',
    'count=1 values=null name=null host="x"',
    'count=2 values=null name=null host=null',
  ]);
});

test.each<[AggregateFunction, Expression | null, unknown]>([
  ['count', null, 4],
  ['count', args, 4],
  ['count', size, 4],
  ['count-distinct', args, 3],
  ['values', args, ['a', 'b', 'c']],
  ['values', host, null],
  ['min', args, 'a'],
  ['max', args, 'c'],
  ['min', size, -3],
  ['max', size, 9],
  ['sum', size, 15],
  ['avg', size, 3.75],
  ['median', size, 4.5],
  ['count', host, 0],
  ['count-distinct', host, 0],
  ['sum', host, null],
  ['avg', host, null],
  ['median', host, null],
  ['min', host, null],
  ['events', null, [1, 2, 3, 4]],
])('%s over all values of all rows', (fn, of, expected) => {
  const documents = [{ args: ['b', 'a'], size: [9, 9] }, { args: ['b', 'c'], size: -3 }, {}, { size: 0 }];
  const { rows } = run([{ kind: 'aggregate', aggregates: [aggregate(fn, of)], keys: [] }], documents);
  expect(rows).toEqual([{ [fn]: expected }]);
});

test('an aggregate can look at some rows only; an unknown condition is not true', () => {
  const where = equals(single(name), text('a'));
  const step: Step = { kind: 'aggregate', aggregates: [aggregate('count', null, where)], keys: [] };
  expect(run([step], [{ name: 'a' }, { name: 'b' }, {}, { name: ['a', 'a2'] }]).rows).toEqual([{ count: 1 }]);
});

test('sums of longs are exact, and null beyond 64 bits', () => {
  const step: Step = { kind: 'aggregate', aggregates: [aggregate('sum', size)], keys: [] };
  expect(run([step], [{ size: '9007199254740993' }, { size: 2 }]).rows).toEqual([{ sum: 9007199254740995n }]);
  expect(run([step], [{ size: '9223372036854775807' }, { size: 1 }]).rows).toEqual([{ sum: null }]);
});

test('of nothing there is one row without keys, and none with keys', () => {
  const aggregates = [aggregate('count', null), aggregate('values', args)];
  expect(run([{ kind: 'aggregate', aggregates, keys: [] }], []).rows).toEqual([{ count: 0, values: null }]);
  expect(run([{ kind: 'aggregate', aggregates, keys: [{ name: 'name', value: name }] }], []).rows).toEqual([]);
});

const SIZES = [{ size: 2 }, {}, { size: [1, 9] }, { size: 5 }];

test.each<['ascending' | 'descending', 'first' | 'last', unknown[]]>([
  ['ascending', 'last', [[1, 9], 2, 5, null]],
  ['ascending', 'first', [null, [1, 9], 2, 5]],
  ['descending', 'first', [null, [1, 9], 5, 2]],
  ['descending', 'last', [[1, 9], 5, 2, null]],
])('sort %s, nulls %s', (direction, nulls, expected) => {
  const { rows } = run([{ kind: 'sort', by: [{ value: size, direction, nulls }] }], SIZES);
  expect(rows.map((row) => row['size'])).toEqual(expected);
});

test('ties are broken by the other visible columns in order, nulls last, several values by their least', () => {
  const documents = [
    { size: 1, args: ['b', 'z'], name: '\u{1F600}' },
    { size: 1, name: 'z' },
    { size: 1, args: ['b', 'c'], name: '\uFF5E' },
    { size: 1, args: 'a' },
    { size: 1, args: 'b' },
  ];
  const sort: Step = { kind: 'sort', by: [{ value: size, direction: 'descending', nulls: 'last' }] };
  expect(run([keep('args', 'size', 'name'), sort], documents).rows.map((row) => row['args'])).toEqual([
    'a',
    'b',
    ['b', 'c'],
    ['b', 'z'],
    null,
  ]);
  expect(run([keep('size', 'name'), sort], documents).rows.map((row) => row['name'])).toEqual([
    'z',
    '\uFF5E',
    '\u{1F600}',
    null,
    null,
  ]);
});

test('a limit takes the first rows, of each combination where asked', () => {
  const documents = [{ name: 'a' }, { name: 'b' }, { name: 'a' }, {}, { name: 'a' }, {}];
  expect(shown([keep('name'), { kind: 'limit', count: 2 }], documents)).toEqual(['name="a"', 'name="b"']);
  expect(run([{ kind: 'limit', count: 1, per: ['name'] }], documents).rows.map((row) => row['$event'])).toEqual([
    1, 2, 4,
  ]);
});

test('expand gives a row per value and keeps a null row', () => {
  expect(shown([keep('args'), { kind: 'expand', column: 'args' }], [{ args: ['a', 'b'] }, {}, { args: 'c' }])).toEqual([
    'args="a"',
    'args="b"',
    'args=null',
    'args="c"',
  ]);
});

test('a row counts once for a warning', () => {
  const where: Expression = {
    kind: 'or',
    operands: [equals(single(args), text('a')), equals(single(args), text('b')), equals(single(name), text('c'))],
  };
  const documents = [{ args: ['a', 'b'] }, { args: ['b', 'c'] }, { args: 'a' }, {}];
  expect(run([{ kind: 'filter', where }], documents).warnings).toEqual([
    {
      message: 'evaluation of [args] failed, treating result as null: single-value function encountered multi-value',
      rows: 2,
    },
  ]);
});

test('a column of any name is a column', () => {
  const derive: Step = { kind: 'derive', columns: [{ name: '__proto__', value: long(1) }] };
  const [row] = run([keep('name'), derive], [{}]).rows;
  expect(row && Object.entries(row)).toContainEqual(['__proto__', 1]);
});

test('a pattern that would keep a backtracking matcher busy for ages is answered at once', () => {
  const pattern = Array.from({ length: 20 }, () => [MANY, 'a']).flat();
  const where: Expression = { kind: 'like', value: single(name), patterns: [[...pattern, MANY, 'b']] };
  expect(evaluateFilter(where, flatten({ name: 'a'.repeat(20_000) }, catalogue), NOW)).toBe(false);
});
