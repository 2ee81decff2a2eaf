import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Harness, harnessFor } from '#server/store/contract/harness.ts';
import { ECS_PROCESS } from '#shared/event/ecs.ts';
import type { Expression } from '#shared/plan/expression.ts';
import type { Plan } from '#shared/plan/plan.ts';
import { openDuckdbStore } from '../open.ts';

let harness: Harness;
beforeAll(async () => {
  harness = await harnessFor(await openDuckdbStore({ path: ':memory:', catalogue: ECS_PROCESS }));
  await harness.append([{ '@timestamp': 0, process: { name: 'bash', pid: 7 } }]);
});
afterAll(() => harness.close());

const nested = (depth: number, start: Expression, around: (inner: Expression) => Expression): Expression =>
  Array.from({ length: depth }).reduce<Expression>((inner) => around(inner), start);

const name: Expression = { kind: 'single', of: { kind: 'column', name: 'process.name', type: 'string' } };
const pid: Expression = { kind: 'single', of: { kind: 'column', name: 'process.pid', type: 'long' } };
const time: Expression = { kind: 'single', of: { kind: 'column', name: '@timestamp', type: 'datetime' } };
const one: Expression = { kind: 'literal', type: 'long', value: 1 };
const call = (fn: string, type: 'string' | 'long' | 'double' | 'datetime', ...args: Expression[]): Expression => ({
  kind: 'call',
  name: fn,
  type,
  args,
});

const planOf = (value: Expression): Plan => ({
  steps: [
    { kind: 'derive', columns: [{ name: 'x', value }] },
    { kind: 'keep', columns: ['x'] },
  ],
});

test.each<[string, Expression, unknown]>([
  ['substring', nested(95, name, (inner) => call('substring', 'string', inner, one)), 'bash'],
  [
    'coalesce and mv_dedupe',
    nested(45, name, (inner) => call('coalesce', 'string', call('mv_dedupe', 'string', inner), name)),
    'bash',
  ],
  ['case', nested(90, name, (inner) => call('case', 'string', { kind: 'is-null', of: name }, name, inner)), 'bash'],
  ['round', nested(90, call('to_double', 'double', pid), (inner) => call('round', 'double', inner, one)), 7],
  [
    'date_trunc',
    nested(90, time, (inner) => call('date_trunc', 'datetime', { kind: 'literal', type: 'span', value: 1000 }, inner)),
    0,
  ],
  ['sums', nested(95, pid, (left) => ({ kind: 'arithmetic', operator: '+', type: 'long', left, right: one })), 102],
  [
    'times',
    nested(95, time, (left) => ({
      kind: 'arithmetic',
      operator: '+',
      type: 'datetime',
      left,
      right: { kind: 'literal', type: 'span', value: 1 },
    })),
    95,
  ],
  ['to_string and to_long', nested(45, pid, (inner) => call('to_long', 'long', call('to_string', 'string', inner))), 7],
])('%s nested deep stays within what the engine reads', async (_, value, expected) => {
  const plan = planOf(value);
  expect(harness.store.check(plan)).toEqual([]);
  expect((await harness.store.run(plan, { now: 0 })).rows).toMatchObject([{ x: expected }]);
});

const lower = call('to_lower', 'string', name);
const is = (value: string): Expression => ({
  kind: 'compare',
  operator: '==',
  left: lower,
  right: { kind: 'literal', type: 'string', value },
});

test.each<[string, Expression, unknown]>([
  [
    'case',
    call('case', 'string', ...Array.from({ length: 60 }, (_, index) => [is(`x${index}`), lower]).flat(), name),
    'bash',
  ],
  ['greatest', call('greatest', 'string', ...Array.from({ length: 60 }, () => lower)), 'bash'],
])('%s of many long arguments is planned at once', async (_, value, expected) => {
  expect((await harness.store.run(planOf(value), { now: 0 })).rows).toMatchObject([{ x: expected }]);
});

test('what fails deep inside is warned of once, where it failed', async () => {
  const zero: Expression = { kind: 'literal', type: 'long', value: 0 };
  const divided: Expression = { kind: 'arithmetic', operator: '/', type: 'long', left: pid, right: zero };
  const deep = nested(40, divided, (left) => ({ kind: 'arithmetic', operator: '+', type: 'long', left, right: one }));
  const { rows, warnings } = await harness.store.run(planOf(deep), { now: 0 });
  expect(rows).toMatchObject([{ x: null }]);
  expect(warnings).toMatchObject([{ rows: 1, message: expect.stringContaining('/ by zero') }]);
});

test('nested deeper is a diagnostic', () => {
  const plan = planOf(nested(101, name, (inner) => call('to_lower', 'string', inner)));
  expect(harness.store.check(plan).map(({ code }) => code)).toEqual(['too-deep']);
});

test('thousands of conditions are one statement', async () => {
  const tests = Array.from(
    { length: 5000 },
    (_, value): Expression => ({
      kind: 'compare',
      operator: '<',
      left: pid,
      right: { kind: 'literal', type: 'long', value },
    }),
  );
  const texts = Array.from(
    { length: 5000 },
    (_, index): Expression => ({
      kind: 'any',
      field: 'process.name',
      type: 'string',
      test: { kind: 'like', pattern: [`x${index}`, { wildcard: 'many' }] },
    }),
  );
  const plan: Plan = { steps: [{ kind: 'filter', where: { kind: 'or', operands: [...tests, ...texts] } }] };
  expect((await harness.store.run(plan, { now: 0 })).rows).toHaveLength(1);
});
