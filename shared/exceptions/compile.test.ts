import { expect, test } from 'vitest';
import { evaluateFilter } from '#shared/evaluate/evaluate.ts';
import { flatten } from '#shared/event/document.ts';
import { catalogueOf } from '#shared/event/field.ts';
import type { ResultColumn } from '#shared/plan/result.ts';
import { compileException, compileResultException } from './compile.ts';
import type { ExceptionEntry } from './item.ts';

const catalogue = catalogueOf([
  { name: 'name', type: 'keyword', caseless: true },
  { name: 'line', type: 'wildcard' },
  { name: 'args', type: 'keyword', many: true },
  { name: 'pid', type: 'long' },
  { name: 'at', type: 'date' },
  { name: 'ip', type: 'ip' },
]);

const documents: Readonly<Record<string, unknown>> = {
  one: {
    name: 'Curl',
    line: 'curl -s x',
    args: ['curl', '-s', 'x'],
    pid: 7,
    at: '2026-11-21T10:00:00Z',
    ip: '10.0.0.1',
  },
  two: { name: 'sh', line: 'a*b', args: ['sh', '-c'], pid: [8, 9], ip: ['10.1.0.1', '::1'] },
  three: { line: 'two\nlines' },
};

function holdsFor(...entries: readonly ExceptionEntry[]): readonly string[] {
  const compiled = compileException(entries, catalogue);
  if (!compiled.ok) throw new Error(JSON.stringify(compiled.error));
  const passing = Object.entries(documents).filter(
    ([, document]) => evaluateFilter(compiled.value, flatten(document, catalogue), 0) === true,
  );
  return passing.map(([name]) => name);
}

const match = (field: string, value: string, operator: 'included' | 'excluded' = 'included'): ExceptionEntry => ({
  type: 'match',
  field,
  operator,
  value,
});
const anyOf = (field: string, ...value: string[]): ExceptionEntry => ({
  type: 'match_any',
  field,
  operator: 'included',
  value,
});
const wildcard = (field: string, value: string, operator: 'included' | 'excluded' = 'included'): ExceptionEntry => ({
  type: 'wildcard',
  field,
  operator,
  value,
});

test('"is" compares the whole value, letter case counts, and no character is a wildcard', () => {
  expect(holdsFor(match('name', 'Curl'))).toEqual(['one']);
  expect(holdsFor(match('name', 'curl'))).toEqual([]);
  expect(holdsFor(match('name.caseless', 'CURL'))).toEqual(['one']);
  expect(holdsFor(match('line', 'a*b'))).toEqual(['two']);
  expect(holdsFor(match('line', 'curl'))).toEqual([]);
});

test('any element will do; excluded wants none, and holds for an absent field', () => {
  expect(holdsFor(match('args', '-c'))).toEqual(['two']);
  expect(holdsFor(match('args', '-c', 'excluded'))).toEqual(['one', 'three']);
  expect(holdsFor(match('pid', '9'))).toEqual(['two']);
  expect(holdsFor({ type: 'exists', field: 'name', operator: 'excluded' })).toEqual(['three']);
  expect(holdsFor({ type: 'exists', field: 'name', operator: 'included' })).toEqual(['one', 'two']);
});

test('entries are AND-ed, values of one entry OR-ed', () => {
  expect(holdsFor(anyOf('name', 'Curl', 'sh'))).toEqual(['one', 'two']);
  expect(holdsFor(anyOf('name', 'Curl', 'sh'), match('args', '-c'))).toEqual(['two']);
  expect(holdsFor(anyOf('pid', '7', '9'))).toEqual(['one', 'two']);
  expect(holdsFor(anyOf('pid', '7.5', '9'))).toEqual(['two']);
  expect(holdsFor(anyOf('ip', '10.0.0.0/16', '::1'))).toEqual(['one', 'two']);
  expect(holdsFor(match('at', '2026-11-21'))).toEqual(['one']);
});

test('"matches" knows * and ?, crosses lines, and takes escapes', () => {
  expect(holdsFor(wildcard('line', 'curl *'))).toEqual(['one']);
  expect(holdsFor(wildcard('line', 'two*lines'))).toEqual(['three']);
  expect(holdsFor(wildcard('line', 'a?b'))).toEqual(['two']);
  expect(holdsFor(wildcard('line', String.raw`a\?b`))).toEqual([]);
  expect(holdsFor(wildcard('line', String.raw`a\*b`))).toEqual(['two']);
  expect(holdsFor(wildcard('name.caseless', 'CU*'))).toEqual(['one']);
  expect(holdsFor(wildcard('line', '*l*', 'excluded'))).toEqual(['two']);
});

test('a field nobody maps has no values', () => {
  expect(holdsFor(match('nowhere', 'x'))).toEqual([]);
  expect(holdsFor(match('nowhere', 'x', 'excluded'))).toEqual(['one', 'two', 'three']);
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
