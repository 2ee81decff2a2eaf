import { expect, test } from 'vitest';
import { catalogueOf } from '#shared/event/field.ts';
import type { ResultColumn } from '#shared/plan/result.ts';
import { compileException, compileResultException } from './compile.ts';
import type { ExceptionEntry } from './item.ts';

const catalogue = catalogueOf([
  { name: 'pid', type: 'long' },
  { name: 'ip', type: 'ip' },
]);

const match = (field: string, value: string, operator: 'included' | 'excluded' = 'included'): ExceptionEntry => ({
  type: 'match',
  field,
  operator,
  value,
});
const wildcard = (field: string, value: string, operator: 'included' | 'excluded' = 'included'): ExceptionEntry => ({
  type: 'wildcard',
  field,
  operator,
  value,
});

test('a value that the type cannot hold is an error, without a place', () => {
  const compiled = compileException([match('pid', 'x'), wildcard('pid', '1*'), match('ip', 'y')], catalogue);
  expect(compiled.ok ? [] : compiled.error.map(({ code, span }) => [code, span])).toEqual([
    ['invalid-value', undefined],
    ['wildcard-on-type', undefined],
    ['invalid-value', undefined],
  ]);
});

test('on results, entries name columns: computed ones too, hidden and absent ones not', () => {
  const columns: readonly ResultColumn[] = [
    { name: 'cc', type: 'long' },
    { name: 'host.name', type: 'string' },
    { name: '$events', type: 'long' },
  ];
  expect(compileResultException([match('cc', '4'), wildcard('host.name', 'web-*')], columns)).toMatchObject({
    ok: true,
    value: {
      kind: 'and',
      operands: [
        { kind: 'any', field: 'cc', type: 'long', test: { kind: 'equals', value: 4 } },
        { kind: 'any', field: 'host.name', type: 'string', test: { kind: 'like' } },
      ],
    },
  });
  const unknown = compileResultException([match('user.name', 'x'), match('$events', '1')], columns);
  expect(unknown.ok ? [] : unknown.error.map(({ code }) => code)).toEqual(['unknown-column', 'unknown-column']);
});
