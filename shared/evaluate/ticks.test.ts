import { expect, test } from 'vitest';
import { MINUTE } from '#shared/base/time.ts';
import { flatten } from '#shared/event/document.ts';
import { catalogueOf } from '#shared/event/field.ts';
import { compileEsql } from '#shared/lang/esql/compile.ts';
import type { Expression } from '#shared/plan/expression.ts';
import type { Plan, Ticks } from '#shared/plan/plan.ts';
import { atTicks, withEvents } from '#shared/plan/rewrite.ts';
import { evaluatePlan } from './evaluate.ts';

const catalogue = catalogueOf([
  { name: '@timestamp', type: 'date' },
  { name: 'name', type: 'keyword' },
]);

const T0 = Date.parse('2026-11-21T10:00:00Z');
const at = (minute: number): number => T0 + minute * MINUTE;
const time: Expression = { kind: 'single', of: { kind: 'column', name: '@timestamp', type: 'datetime' } };
const ticks: Ticks = { first: at(10), last: at(30), interval: 10 * MINUTE };

const run = (plan: Plan, documents: readonly object[], now = at(0)) =>
  evaluatePlan(
    plan,
    documents.map((document, index) => ({ number: index + 1, document: flatten(document, catalogue) })),
    { now, catalogue },
  );

const DOCUMENTS = [-1, 0, 10, 15, 20, 30, 31].map((minute) => ({ '@timestamp': at(minute), name: `m${minute}` }));

test('a run sees the events from its window on to its time, both ends included', () => {
  const plan: Plan = { steps: [{ kind: 'ticks', ticks, window: 10 * MINUTE, time }] };
  const seen = run(plan, [...DOCUMENTS, { name: 'timeless' }]).rows.map(
    (row) => `${(Number(row['$tick']) - T0) / MINUTE} ${row['name']}`,
  );
  expect(seen).toEqual(['10 m0', '10 m10', '20 m10', '20 m15', '20 m20', '30 m20', '30 m30']);
});

test('all runs of a schedule at once give what each gives alone', () => {
  const compiled = compileEsql(
    'from logs | where @timestamp > now() - 8 minutes | stats c = count() by name | sort name desc | limit 2',
    catalogue,
  );
  if (!compiled.ok) throw new Error(compiled.error.map(({ message }) => message).join('; '));
  const plan = withEvents(compiled.value.plan);
  const scheduled = run(atTicks(plan, { ticks, window: 10 * MINUTE, time }), DOCUMENTS).rows;
  const alone = [10, 20, 30].flatMap((minute) => {
    const inWindow = DOCUMENTS.filter((one) => one['@timestamp'] >= at(minute - 10) && one['@timestamp'] <= at(minute));
    return run(plan, inWindow, at(minute)).rows.map((row) => ({ ...row, $tick: at(minute) }));
  });
  const named = (rows: readonly object[]) => rows.map((row) => ({ ...row, $events: null }));
  expect(named(scheduled)).toEqual(named(alone));
  expect(scheduled.map((row) => `${(Number(row['$tick']) - T0) / MINUTE} ${row['name']}`)).toEqual([
    '10 m10',
    '20 m20',
    '20 m15',
    '30 m30',
  ]);
});
