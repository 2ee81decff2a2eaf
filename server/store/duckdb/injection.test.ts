import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Harness, harnessFor } from '#server/store/contract/harness.ts';
import { catalogueOf } from '#shared/event/field.ts';
import type { ElementTest, Expression } from '#shared/plan/expression.ts';
import type { Plan, Step } from '#shared/plan/plan.ts';
import { openDuckdbStore } from './open.ts';

/** What would end a name, a text, a pattern, a pointer or the statement, had it not come through the right door. */
const ATTACKS: readonly string[] = [
  `'; DROP TABLE events; --`,
  `"; DROP TABLE events; --`,
  `" FROM events; DROP TABLE events; --`,
  `x') OR 1=1; DELETE FROM events; --`,
  `\\'; DROP TABLE events; --`,
  `'''; DROP TABLE events; --`,
  `*/ DROP TABLE events; /*`,
  `$1; DROP TABLE events`,
  `$$; DROP TABLE events; $$`,
  `\u0000'; DROP TABLE events; --`,
  `\uff07; DROP TABLE events; --`,
  `/a~1b"'["]\\`,
  `%_\\%`,
  '.*(?:[',
];
/** As names: without NUL, which no name in the engine has, and `$` at the front, which is for columns of ours. */
const NAMED = ATTACKS.filter((attack) => !attack.includes('\0')).map((attack) => attack.replace(/^\$/, 'x$'));

const fields = NAMED.map((name, index) => ({
  name,
  type: 'keyword' as const,
  ...(index % 2 && { many: true as const }),
}));
const CATALOGUE = catalogueOf([
  { name: '@timestamp', type: 'date' },
  { name: 'text.of.event', type: 'keyword' },
  ...fields,
]);
const EVENTS = ATTACKS.length;

let harness: Harness;
beforeAll(async () => {
  harness = await harnessFor(await openDuckdbStore({ path: ':memory:', catalogue: CATALOGUE }));
  const values = Object.fromEntries(NAMED.map((name) => [name, [name, `${name} again`]]));
  const records = ATTACKS.map((attack, index) => ({
    '@timestamp': index,
    'event.id': attack,
    'text.of.event': attack,
    ...values,
  }));
  const report = await harness.append(records);
  expect(report.events).toBe(EVENTS);
});
afterAll(async () => {
  expect((await harness.store.statistics()).events).toBe(EVENTS);
  await harness.close();
});

const rowsOf = async (...steps: Step[]) => {
  const plan: Plan = { steps };
  expect(harness.store.check(plan)).toEqual([]);
  return (await harness.store.run(plan, { now: 0 })).rows;
};
const column = (name: string): Expression => ({ kind: 'column', name, type: 'string' });
const literal = (value: string): Expression => ({ kind: 'literal', type: 'string', value });
const KEEP: Step = { kind: 'keep', columns: ['text.of.event'] };

test.each(ATTACKS)('as a text: %j', async (attack) => {
  const tests: readonly ElementTest[] = [
    { kind: 'equals', value: attack },
    { kind: 'one-of', values: [attack, 'x'] },
    { kind: 'like', pattern: [attack] },
    { kind: 'like', pattern: [attack, { wildcard: 'many' }, { wildcard: 'many' }] },
    {
      kind: 'range',
      bounds: [
        { operator: '>=', value: attack },
        { operator: '<=', value: attack },
      ],
    },
  ];
  const filters: readonly Expression[] = [
    ...tests.map((test): Expression => ({ kind: 'any', field: 'text.of.event', type: 'string', test })),
    { kind: 'compare', operator: '==', left: column('text.of.event'), right: literal(attack) },
    { kind: 'in', value: column('text.of.event'), items: [literal(attack), literal("'")] },
    { kind: 'like', value: column('text.of.event'), patterns: [[attack], ["'", { wildcard: 'many' }, '"']] },
    {
      kind: 'like',
      value: column('text.of.event'),
      patterns: [[{ wildcard: 'many' }, attack, { wildcard: 'one' }], [attack]],
    },
  ];
  for (const where of filters) {
    expect(await rowsOf({ kind: 'filter', where }, KEEP)).toMatchObject([{ 'text.of.event': attack }]);
  }
});

test.each(ATTACKS)('as an argument of functions: %j', async (attack) => {
  const call = (name: string, ...args: Expression[]): Expression => ({ kind: 'call', name, type: 'string', args });
  const value = call(
    'concat',
    literal(attack),
    call('coalesce', call('substring', literal(attack), { kind: 'literal', type: 'long', value: 1 }), literal(attack)),
  );
  const rows = await rowsOf(
    { kind: 'derive', columns: [{ name: 'x', value }] },
    { kind: 'keep', columns: ['x'] },
    { kind: 'limit', count: 1 },
  );
  expect(rows).toMatchObject([{ x: attack + attack }]);
});

test.each(NAMED)('as the name of a field: %j', async (name) => {
  const any: Expression = {
    kind: 'any',
    field: name,
    type: 'string',
    test: { kind: 'equals', value: `${name} again` },
  };
  const rows = await rowsOf(
    { kind: 'filter', where: any },
    { kind: 'sort', by: [{ value: column(name), direction: 'ascending', nulls: 'last' }] },
    { kind: 'limit', count: 1, per: [name] },
    { kind: 'keep', columns: [name] },
  );
  expect(rows).toMatchObject([{ [name]: [name, `${name} again`].toSorted() }]);
  const expanded = await rowsOf(
    { kind: 'expand', column: name },
    {
      kind: 'aggregate',
      aggregates: [{ name: 'n', function: 'count', of: null, where: null }],
      keys: [{ name, value: column(name) }],
    },
  );
  expect(expanded.map((row) => row['n'])).toEqual([EVENTS, EVENTS]);
});

test.each(NAMED)('as the name of a column of ours: %j', async (name) => {
  const rows = await rowsOf(
    { kind: 'derive', columns: [{ name: `${name} `, value: column('text.of.event') }] },
    { kind: 'rename', columns: [{ from: `${name} `, to: `${name}!` }] },
    {
      kind: 'aggregate',
      aggregates: [{ name: `${name}?`, function: 'count', of: column(`${name}!`), where: null }],
      keys: [],
    },
  );
  expect(rows).toEqual([{ [`${name}?`]: EVENTS }]);
});

test('as public ids', async () => {
  const store = await openDuckdbStore({
    path: ':memory:',
    catalogue: catalogueOf([{ name: 'event.id', type: 'keyword' }]),
  });
  const own = await harnessFor(store);
  await own.append(ATTACKS.map((id) => ({ event: { id } })));
  expect([...(await store.numbersOf(ATTACKS))]).toHaveLength(EVENTS);
  await own.close();
});
