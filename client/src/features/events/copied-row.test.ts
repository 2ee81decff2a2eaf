import { expect, test } from 'vitest';
import { ECS_PROCESS } from '#shared/event/ecs.ts';
import { compileEsql } from '#shared/lang/esql/compile.ts';
import { compileKql } from '#shared/lang/kql/compile.ts';
import { rowAsCsv, rowAsEsql, rowAsKql } from './copied-row.ts';
import { eventsDefaults } from './events-search.ts';
import { fieldFilter, narrowed } from './filters.ts';

const row = [
  { name: 'process.name', filters: [fieldFilter('process.name', '=cmd|"x"', false)] },
  { name: 'process.args', filters: ['-c', 'id'].map((text) => fieldFilter('process.args', text, true)) },
  { name: 'process.pid', filters: [fieldFilter('process.pid', '17', false)] },
  { name: 'user.name', filters: [] },
];

test('a row is a query in both languages that means its values', () => {
  const kql = rowAsKql(row);
  expect(kql).toBe('process.name: "=cmd|\\"x\\"" and process.args: "-c" and process.args: "id" and process.pid: 17');
  expect(compileKql(kql, ECS_PROCESS).ok).toBe(true);
  const esql = rowAsEsql(row);
  expect(esql).toContain('KQL("process.args: \\"id\\"") AND process.pid == 17');
  expect(compileEsql(esql, ECS_PROCESS).ok).toBe(true);
});

test('as CSV no cell can become a formula', () => {
  expect(rowAsCsv(row).split('\r\n')).toEqual([
    'process.name,process.args,process.pid,user.name',
    `"'=cmd|""x""",'-c; id,17,`,
    '',
  ]);
});

test('a value narrows the query of the language in use', () => {
  const value = fieldFilter('process.interactive', 'true', false);
  const without = narrowed({ ...eventsDefaults, kql: 'a' }, value, false);
  expect(without).toEqual({ kql: 'a and not process.interactive: true' });
  const only = narrowed({ ...eventsDefaults, language: 'esql' }, value, true);
  expect(only).toEqual({ esql: 'FROM logs-* | WHERE process.interactive == true' });
});
