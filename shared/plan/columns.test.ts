import { expect, test } from 'vitest';
import { catalogueOf } from '#shared/event/field.ts';
import { columnsAfter, sourceColumns, visible } from './columns.ts';
import type { Expression } from './expression.ts';
import type { Step } from './plan.ts';

const SOURCE = sourceColumns(
  catalogueOf([
    { name: '@timestamp', type: 'date' },
    { name: 'a', type: 'keyword' },
    { name: 'b', type: 'long' },
  ]),
);
const A: Expression = { kind: 'column', name: 'a', type: 'string' };
const B: Expression = { kind: 'column', name: 'b', type: 'long' };
const TICKS = { first: 0, last: 0, interval: 1 };

const after = (...steps: readonly Step[]): string =>
  columnsAfter(steps, SOURCE)
    .map(({ name, type }) => `${name}:${type}`)
    .join(' ');

test('source rows have every field and the number of their event', () => {
  expect(after()).toBe('@timestamp:datetime a:string b:long $event:long');
  expect(visible(SOURCE).map(({ name }) => name)).toEqual(['@timestamp', 'a', 'b']);
});

test('keep orders columns and leaves hidden ones', () => {
  expect(after({ kind: 'keep', columns: ['b', 'a'] })).toBe('b:long a:string $event:long');
});

test('drop takes away what it names, hidden ones too', () => {
  expect(after({ kind: 'drop', columns: ['a', '$event'] })).toBe('@timestamp:datetime b:long');
});

test('derive moves a column of an existing name to the end', () => {
  const columns = [
    { name: 'a', value: B },
    { name: 'c', value: A },
  ];
  expect(after({ kind: 'derive', columns })).toBe('@timestamp:datetime b:long $event:long a:long c:string');
});

test('rename keeps the place and replaces a column of the new name', () => {
  const columns = [
    { from: '@timestamp', to: 'b' },
    { from: 'b', to: 'c' },
  ];
  expect(after({ kind: 'rename', columns })).toBe('c:datetime a:string $event:long');
});

test('aggregate gives aggregates, then keys, and nothing else', () => {
  const step: Step = {
    kind: 'aggregate',
    aggregates: [
      { name: 'n', function: 'count', of: null, where: null },
      { name: 'all', function: 'values', of: A, where: null },
      { name: 'mean', function: 'avg', of: B, where: null },
      { name: 'sum', function: 'sum', of: B, where: null },
    ],
    keys: [{ name: 'k', value: A }],
  };
  expect(after(step)).toBe('n:long all:string mean:double sum:long k:string');
});

test('ticks and new terms add what they know of runs', () => {
  const time: Expression = { kind: 'now' };
  expect(after({ kind: 'ticks', ticks: TICKS, window: 1, time })).toMatch(/ \$tick:datetime$/);
  expect(after({ kind: 'new-terms', fields: ['b', 'a'], ticks: TICKS, window: 1, history: 2, time })).toBe(
    'b:long a:string $tick:datetime $events:long $first:datetime $last:datetime',
  );
});
