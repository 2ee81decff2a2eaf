import { expect, test } from 'vitest';
import { must } from '#shared/base/assert.ts';
import { HOUR } from '#shared/base/time.ts';
import { ECS_PROCESS } from '#shared/event/ecs.ts';
import { compileEsql } from '#shared/lang/esql/compile.ts';
import { sourceColumns } from './columns.ts';
import type { Expression } from './expression.ts';
import type { Plan } from './plan.ts';
import { printPlan } from './print.ts';
import { appendFilter, atTicks, insertBeforeAggregate, scheduleWarnings, withEvents } from './rewrite.ts';
import { validatePlan } from './validate.ts';

function planOf(commands: string): Plan {
  const compiled = compileEsql(`from x ${commands}`, ECS_PROCESS);
  return must(compiled.ok ? compiled.value.plan : null, `plan of ${commands}`);
}

const timestamp: Expression = { kind: 'column', name: '@timestamp', type: 'datetime' };
const SCHEDULE = {
  ticks: { first: 0, last: 2 * HOUR, interval: HOUR },
  window: HOUR,
  time: { kind: 'single', of: timestamp },
} as const;
const FILTER: Expression = { kind: 'any', field: 'user.name', type: 'string', test: { kind: 'equals', value: 'x' } };

function expectPlan(plan: Plan, steps: readonly string[]): void {
  expect(printPlan(plan).trimEnd().split('\n')).toEqual(steps);
  expect(validatePlan(plan, sourceColumns(ECS_PROCESS))).toEqual([]);
}

test('at ticks, now is the time of the run and rows stay within their run', () => {
  const plan = planOf('| where @timestamp > now() - 1 hour | stats c = count() by user.id | sort c | limit 5');
  expectPlan(atTicks(plan, SCHEDULE), [
    'ticks @1970-01-01T00:00:00.000Z..@1970-01-01T02:00:00.000Z every 3600000ms window 3600000ms on @timestamp',
    'filter @timestamp > ($tick - 3600000ms)',
    'aggregate c = count() by $tick = $tick[], user.id = user.id[]',
    'sort $tick ascending nulls last, c[] ascending nulls last',
    'limit 5 per $tick',
  ]);
});

test('a plan is put at ticks once', () => {
  expect(() => atTicks(atTicks(planOf('| limit 5'), SCHEDULE), SCHEDULE)).toThrow('once');
});

test('a total says that it is silent about nothing', () => {
  expect(scheduleWarnings(planOf('| stats count()')).map(({ code }) => code)).toEqual(['total-of-nothing']);
  expect(scheduleWarnings(planOf('| stats count() by user.id'))).toEqual([]);
});

test('an aggregate collects its events', () => {
  expectPlan(withEvents(planOf('| stats c = count() by user.id | limit 5')), [
    'aggregate c = count(), $events = events(), $first = min(@timestamp[]), $last = max(@timestamp[]) by user.id = user.id[]',
    'limit 5',
  ]);
});

test('the time of events outlives a keep, and is found under a new name', () => {
  expectPlan(withEvents(planOf('| keep user.id | stats c = count() by user.id | limit 5')), [
    'derive $time = @timestamp[]',
    'keep user.id',
    'aggregate c = count(), $events = events(), $first = min($time[]), $last = max($time[]) by user.id = user.id[]',
    'limit 5',
  ]);
  expectPlan(withEvents(planOf('| rename @timestamp as at | stats c = count() by user.id | limit 5')), [
    'rename @timestamp as at',
    'aggregate c = count(), $events = events(), $first = min(at[]), $last = max(at[]) by user.id = user.id[]',
    'limit 5',
  ]);
});

test('an aggregate over groups takes the union of their events', () => {
  const plan = withEvents(planOf('| stats c = count() by user.id, user.name | stats n = max(c) by user.id | limit 5'));
  expect(printPlan(plan)).toContain(
    'aggregate n = max(c[]), $events = values($events[]), $first = min($first[]), $last = max($last[]) by user.id = user.id[]',
  );
  expect(validatePlan(plan, sourceColumns(ECS_PROCESS))).toEqual([]);
});

test('a plan that groups nothing has the event of each row', () => {
  expectPlan(withEvents(planOf('| keep user.id | limit 5')), [
    'derive $events = $event[], $first = @timestamp[], $last = @timestamp[]',
    'keep user.id',
    'limit 5',
  ]);
});

test('evidence and ticks go together in either order', () => {
  const plan = planOf('| keep user.id | stats c = count() by user.id | limit 5');
  const ticksLast = atTicks(withEvents(plan), SCHEDULE);
  expect(withEvents(atTicks(plan, SCHEDULE))).toEqual(ticksLast);
  expect(validatePlan(ticksLast, sourceColumns(ECS_PROCESS))).toEqual([]);
});

test('new terms bring their own evidence', () => {
  const plan: Plan = { steps: [{ kind: 'new-terms', fields: ['user.id'], ...SCHEDULE, history: 7 * HOUR }] };
  expect(withEvents(plan)).toEqual(plan);
});

test('a filter of events stands before everything but the ticks', () => {
  const plan = planOf('| keep user.id | stats c = count() by user.id | limit 5');
  const filter = { kind: 'filter', where: FILTER };
  expect(insertBeforeAggregate(plan, FILTER).steps[0]).toEqual(filter);
  expect(insertBeforeAggregate(atTicks(plan, SCHEDULE), FILTER).steps[1]).toEqual(filter);
});

test('a filter of rows stands before the closing order and limit, so that others move up', () => {
  const plan = planOf('| limit 50 | keep user.name | sort user.name | limit 5');
  expectPlan(appendFilter(plan, FILTER), [
    'limit 50',
    'keep user.name',
    'filter any user.name == "x"',
    'sort user.name[] ascending nulls last',
    'limit 5',
  ]);
});
