import { expect, test } from 'vitest';
import { must } from '#shared/base/assert.ts';
import { ECS_PROCESS } from '#shared/event/ecs.ts';
import { compileEsql } from '#shared/lang/esql/compile.ts';
import type { Expression } from './expression.ts';
import { fieldsOf, showsEveryField } from './fields.ts';
import type { Plan } from './plan.ts';
import { insertBeforeAggregate, withEvents } from './rewrite.ts';

function planOf(commands: string): Plan {
  const compiled = compileEsql(`from x ${commands} | limit 10`, ECS_PROCESS);
  return must(compiled.ok ? compiled.value.plan : null, `plan of ${commands}`);
}

test.each([
  ['| where user.id == "0" | stats count() by process.name', ['user.id', 'process.name']],
  ['| keep user.id, user.name | stats count() by user.id', ['user.id', 'user.name']],
  ['| keep user.id, user.name', ['user.id', 'user.name']],
  ['| rename user.id as u | stats count()', ['user.id']],
  ['| keep user.id, user.name | sort user.id | limit 5 | stats count()', ['user.id', 'user.name']],
  ['| rename process.name as p | eval q = p | where q == "x" and p == "y"', ['process.name']],
  ['| drop user.id | where process.name == "x" | stats count()', ['process.name']],
  ['| eval user.id = "0" | where user.id == "0"', []],
  ['| mv_expand process.args | stats count() by process.args', ['process.args']],
  ['| stats n = count() by user.id | where n > 1 | sort user.id', ['user.id']],
  ['| limit 1 by user.name, length(user.id) | stats count()', ['user.id', 'user.name']],
  ['| rename user.id as user.name, process.name as user.id | where user.id == "x"', ['user.id', 'process.name']],
])('%s reads %j', (commands, fields) => {
  expect(fieldsOf(planOf(commands))).toEqual(fields);
});

test('evidence reads the time of events', () => {
  expect(fieldsOf(withEvents(planOf('| keep user.id | stats count() by user.id')))).toEqual(['@timestamp', 'user.id']);
});

test('a test of any element reads its field', () => {
  const any: Expression = { kind: 'any', field: 'process.args', type: 'string', test: { kind: 'exists' } };
  expect(fieldsOf({ kind: 'not', operand: any })).toEqual(['process.args']);
  expect(fieldsOf(insertBeforeAggregate(planOf('| stats count() by user.id'), any))).toEqual([
    'process.args',
    'user.id',
  ]);
});

test('new terms read their fields, the time of a run and the time of events', () => {
  const time: Expression = { kind: 'single', of: { kind: 'column', name: 'event.ingested', type: 'datetime' } };
  const ticks = { first: 0, last: 0, interval: 1 };
  const plan: Plan = { steps: [{ kind: 'new-terms', fields: ['host.id'], ticks, window: 1, history: 2, time }] };
  expect(fieldsOf(plan)).toEqual(['host.id', 'event.ingested', '@timestamp']);
});

test('only a plan that chooses no columns shows every field', () => {
  expect(showsEveryField(planOf('| where user.id == "0"'))).toBe(true);
  expect(showsEveryField(planOf('| drop user.id'))).toBe(true);
  expect(showsEveryField(planOf('| keep user.id'))).toBe(false);
  expect(showsEveryField(planOf('| stats count()'))).toBe(false);
});
