import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ECS_PROCESS } from '#shared/event/ecs.ts';
import { addEsqlFilter } from './esql/add-filter.ts';
import { compileEsql } from './esql/compile.ts';
import { addKqlFilter } from './kql/add-filter.ts';
import { compileKql } from './kql/compile.ts';

const name = { field: 'process.name', value: 'a"b' };

test.each([
  ['', name, true, 'process.name: "a\\"b"'],
  ['user.name: x', name, true, 'user.name: x and process.name: "a\\"b"'],
  ['user.name: x', name, false, 'user.name: x and not process.name: "a\\"b"'],
  ['a or b', { field: 'process.pid', value: 7 }, true, '(a or b) and process.pid: 7'],
  ['process.pid: 7', { field: 'process.pid', value: 7 }, true, 'process.pid: 7'],
  ['x and process.pid: 7', { field: 'process.pid', value: 7 }, true, 'x and process.pid: 7'],
  ['', { field: 'user.name', value: null }, true, 'not user.name: *'],
  ['', { field: 'user.name', value: null }, false, 'user.name: *'],
] as const)('KQL: %j with %j, %j', (text, value, include, wanted) => {
  expect(addKqlFilter(text, value, include)).toBe(wanted);
});

const event = { type: 'string', several: false, of: 'event' } as const;

test.each([
  ['', { ...name, ...event }, true, 'FROM logs-* | WHERE process.name == "a\\"b"'],
  [
    'FROM x | LIMIT 5',
    { ...name, ...event },
    false,
    'FROM x | WHERE process.name != "a\\"b" OR process.name IS NULL | LIMIT 5',
  ],
  [
    'FROM x\n| STATS n = COUNT(*) BY user.name\n| SORT n\n| LIMIT 5',
    { field: 'n', value: 3, type: 'long', several: false, of: 'result' },
    true,
    'FROM x\n| STATS n = COUNT(*) BY user.name\n| WHERE n == 3\n| SORT n\n| LIMIT 5',
  ],
  [
    'FROM x',
    { field: 'process.args', value: '-c', type: 'string', several: true, of: 'event' },
    true,
    'FROM x | WHERE KQL("process.args: \\"-c\\"")',
  ],
  [
    'FROM x',
    { field: '@timestamp', value: '2026-11-22T00:00:00.000Z', type: 'datetime', several: false, of: 'event' },
    true,
    'FROM x | WHERE @timestamp == TO_DATETIME("2026-11-22T00:00:00.000Z")',
  ],
] as const)('ES|QL: %j with %j, %j', (text, filter, include, wanted) => {
  const query = addEsqlFilter(text, filter, include);
  expect(query).toBe(wanted);
  expect(compileEsql(query, ECS_PROCESS).ok).toBe(true);
  expect(addEsqlFilter(query, filter, include)).toBe(query);
});

test('whatever a value holds, it stays a value', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 20 }), fc.boolean(), fc.boolean(), (value, include, several) => {
      const field = 'process.command_line';
      const kql = compileKql(addKqlFilter('user.name: root', { field, value }, include), ECS_PROCESS);
      expect(kql.ok && kql.value.expression.kind === 'and' && kql.value.expression.operands.length).toBe(2);
      const query = addEsqlFilter('FROM x | LIMIT 1', { ...event, field, value, several }, include);
      const esql = compileEsql(query, ECS_PROCESS);
      expect(esql.ok && esql.value.plan.steps.map(({ kind }) => kind)).toEqual(['filter', 'limit']);
    }),
    { numRuns: 60 },
  );
});
