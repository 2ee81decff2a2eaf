import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { loadRules } from '#server/rules/load.ts';
import { standingFilters } from '#server/rules/standing-filter.ts';
import type { StandingFilter } from '#server/store/event-store.ts';
import { must } from '#shared/base/assert.ts';
import { ECS_PROCESS } from '#shared/event/ecs.ts';
import { anyItem } from '#shared/exceptions/any-item.ts';
import type { AnyEntry } from '#shared/exceptions/item.ts';
import { aggregate, eventsNumbered, planBuilder } from '#shared/plan/build.ts';
import { allOf, anyOf, type Expression, not, TRUE } from '#shared/plan/expression.ts';
import { fieldsOf } from '#shared/plan/fields.ts';
import type { Plan } from '#shared/plan/plan.ts';
import { compileRule } from '#shared/rule/compile.ts';
import { concern } from '#shared/rule/doubts.ts';
import { type Database, inTransaction, openDatabase, type Session } from '../connection.ts';
import { createLoader, type Loader } from '../load/append.ts';
import { createTables } from '../load/schema.ts';
import { rememberSpilledFields } from '../spilled-fields.ts';
import { type Matches, matchesOf } from './matches.ts';
import { createRegistry } from './registry.ts';

const { oneOf, single: fieldOf } = planBuilder(ECS_PROCESS);
const single = (name: string): Expression =>
  name.startsWith('$') ? { kind: 'single', of: { kind: 'column', name, type: 'boolean' } } : fieldOf(name);
const LAYOUT = { catalogue: ECS_PROCESS, keepText: true };
const SHELLS = oneOf('process.name', ['sh', 'bash']);
const WEB = oneOf('process.parent.name', ['nginx']);
/** Of the field that every match has. */
const SHORT = oneOf('process.name', ['sh', 'id']);
const COUNT = { kind: 'aggregate', aggregates: [aggregate('n', 'count')], keys: [] } as const;

const asking = (...filters: Expression[]): Plan => ({
  steps: [...filters.map((where) => ({ kind: 'filter', where }) as const), COUNT],
});

let folder = '';
let database: Database;
let session: Session;
let matches: Matches;
let loader: Loader;
let batch = 0;

async function open(): Promise<void> {
  database = await openDatabase({ path: join(folder, 'events.db') });
  session = await database.session();
  await createTables(session, LAYOUT);
  await createRegistry(session);
  matches = matchesOf(LAYOUT, rememberSpilledFields());
  loader = createLoader(database, LAYOUT, { onStored: matches.grow });
}

function close(): void {
  session.close();
  database.close();
}

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'oddspawn-matches-'));
  batch = 0;
  await open();
});
afterEach(async () => {
  close();
  await rm(folder, { recursive: true, force: true });
});

async function append(names: readonly (string | readonly string[])[], by: Loader = loader): Promise<void> {
  batch += 1;
  const path = join(folder, `${batch}.ndjson`);
  const records = names.map((name, index) => ({
    '@timestamp': '2026-11-21T12:00:00Z',
    event: { id: `${batch}-${index}` },
    process: { name },
  }));
  await writeFile(path, records.map((record) => `${JSON.stringify(record)}\n`).join(''));
  await by.append({ id: batch, path });
}

const standing = (filter: Expression) => ({ filter, fields: [] });
const keep = (...filters: Expression[]) => matches.keep(session, filters.map(standing), undefined);
const narrow = async (plan: Plan, among?: Expression) =>
  (await inTransaction(session, () => matches.narrow(session, plan, plan.steps.length, among))) ?? {
    plan,
    table: 'events',
  };
const tableFor = async (plan: Plan, among?: Expression) => (await narrow(plan, among)).table;

async function rowsOf(table: string): Promise<number> {
  const [row] = await session.rows(`SELECT count(*) AS n FROM ${table}`);
  return Number(row?.['n']);
}

const tables = async () =>
  (await session.rows(`SELECT table_name FROM duckdb_tables() WHERE starts_with(table_name, 'matches_')`)).length;

test('a plan that asks a kept filter reads its matches, wherever the filter stands and whatever else is asked', async () => {
  await append(['sh', 'ls', 'bash', 'sh']);
  expect(await keep(SHELLS)).toEqual([{ kept: true, events: 3 }]);
  const table = await tableFor(asking(SHELLS));
  expect(table).not.toBe('events');
  expect(await rowsOf(table)).toBe(3);
  expect(await tableFor(asking(SHORT, SHELLS))).toBe(table);
  expect(await tableFor(asking({ kind: 'and', operands: [SHORT, { ...SHELLS, span: { from: 1, to: 2 } }] }))).toBe(
    table,
  );
  expect(await tableFor({ steps: [{ kind: 'keep', columns: ['process.name'] }, ...asking(SHELLS).steps] })).toBe(table);
});

test('what a match is known to pass is not asked of it again; a field that is not kept comes from the event', async () => {
  await append(['sh', 'ls']);
  await keep(SHELLS);
  expect((await narrow(asking(SHELLS))).plan.steps).toEqual([COUNT]);
  expect((await narrow(asking({ kind: 'and', operands: [SHELLS, WEB] }))).plan.steps).toEqual([
    { kind: 'filter', where: WEB },
    COUNT,
  ]);
  expect((await narrow(asking(SHELLS, WEB))).table).toMatch(
    /^\(SELECT events\.\* EXCLUDE .+ FROM events JOIN "matches_/,
  );
  await keep(anyOf([SHELLS, WEB]));
  expect((await narrow(asking(SHELLS))).plan.steps).toEqual(asking(SHELLS).steps);
});

test('of a filter with what it leaves undecided, each condition is kept as it came out', async () => {
  await append(['sh', ['sh', 'id'], 'ls']);
  const isShell = {
    kind: 'in',
    value: single('process.name'),
    items: ['sh', 'bash'].map((value) => ({ kind: 'literal', type: 'string', value }) as const),
  } as const;
  const both = { kind: 'and', operands: [isShell, { kind: 'not', operand: WEB }] } as const;
  expect(await keep(anyOf([both, { kind: 'is-null', of: both }]))).toEqual([{ kept: true, events: 2 }]);
  const verdict = (index: number) => single(`$verdict ${index}`);
  const { plan, table } = await narrow({
    steps: [
      { kind: 'derive', columns: [{ name: 'undecided', value: { kind: 'is-null', of: both } }] },
      ...asking(both).steps,
    ],
  });
  expect(plan.steps).toEqual([
    {
      kind: 'derive',
      columns: [
        { name: 'undecided', value: { kind: 'is-null', of: { kind: 'and', operands: [verdict(0), verdict(1)] } } },
      ],
    },
    { kind: 'filter', where: { kind: 'and', operands: [verdict(0), verdict(1)] } },
    COUNT,
  ]);
  expect(await session.rows(`SELECT id, "$verdict 0" AS shell, "$verdict 1" AS web FROM ${table} ORDER BY id`)).toEqual(
    [
      { id: '1-0', shell: true, web: true },
      { id: '1-1', shell: null, web: true },
    ],
  );
  const redefined = {
    kind: 'derive',
    columns: [
      { name: 'process.name', value: single('host.name') },
      { name: 'is', value: isShell },
    ],
  } as const;
  expect((await narrow({ steps: [...asking(both).steps.slice(0, 1), redefined, COUNT] })).plan.steps.at(-2)).toEqual(
    redefined,
  );
});

test('events named by number come from matches that hold them all: from those among which they are known to be, else where they lie far apart', async () => {
  await session.run(
    `INSERT INTO events BY NAME SELECT range * 300000 + 1 AS seq, 'a' || range AS id, 1 AS batch, 'sh' AS "process.name" FROM range(5)`,
  );
  await session.run(`INSERT INTO events BY NAME SELECT 1500001 AS seq, 'b' AS id, 1 AS batch, 'ls' AS "process.name"`);
  await session.run('INSERT INTO batches VALUES (1, 1, 1500001)');
  await keep(SHELLS);
  const table = await tableFor(asking(SHELLS));
  const tableOf = async (among: Expression | undefined, ...steps: Expression[]) =>
    /FROM (\S+)/.exec(await tableFor(asking(...steps), among))?.[1];
  expect(await tableOf(undefined, eventsNumbered([1, 300_001, 1_200_001]))).toBe(table);
  expect(await tableOf(undefined, eventsNumbered([1, 300_001]))).toBe('events');
  expect(await tableOf(undefined, eventsNumbered([1, 1_500_001]))).toBe('events');
  expect(await tableOf(undefined, eventsNumbered([1, 1_200_001]), WEB)).toBe('events');
  expect(await tableOf({ kind: 'and', operands: [WEB, SHELLS] }, eventsNumbered([1, 300_001]))).toBe(table);
  expect(await tableOf(anyOf([SHELLS, WEB]), eventsNumbered([1, 300_001]))).toBe('events');
});

test('events named by number are a table, each once, and are not asked for again', async () => {
  await append(['sh', 'ls', 'bash', 'id']);
  const both = { kind: 'and', operands: [SHELLS, eventsNumbered([3, 2, 3, 2 ** 40])] } as const;
  const { plan, table } = await narrow(asking(both));
  expect(plan).toEqual(asking(SHELLS));
  expect(await session.rows(`SELECT seq FROM ${table} ORDER BY seq`)).toEqual([{ seq: 2n }, { seq: 3n }]);
  expect(await tableFor(asking(eventsNumbered([])))).toBe('events');
});

test('a plan that may use other events reads all', async () => {
  await append(['sh', 'ls']);
  await keep(SHELLS);
  expect(await tableFor(asking())).toBe('events');
  expect(await tableFor(asking(anyOf([SHELLS, WEB])))).toBe('events');
  expect(await tableFor(asking({ kind: 'not', operand: SHELLS }))).toBe('events');
  expect(await tableFor({ steps: [{ kind: 'limit', count: 1 }, ...asking(SHELLS).steps] })).toBe('events');
  const renamed = { kind: 'rename', columns: [{ from: 'process.parent.name', to: 'process.name' }] } as const;
  expect(await tableFor({ steps: [renamed, ...asking(SHELLS).steps] })).toBe('events');
});

test('a filter is implied by either side of its or, and by all parts of its and; of several the smallest is read', async () => {
  await append(['sh', 'ls', 'bash', 'id']);
  const both = { kind: 'and', operands: [SHELLS, oneOf('process.name', ['sh'])] } as const;
  await keep(anyOf([SHELLS, WEB]), both);
  const wide = await tableFor(asking(SHELLS));
  expect(await rowsOf(wide)).toBe(2);
  expect(await tableFor(asking(WEB))).toBe(wide);
  expect(await rowsOf(await tableFor(asking(...both.operands)))).toBe(1);
});

test('both plans of every shipped rule read its matches', async () => {
  const { rules } = await loadRules('rules');
  expect(rules.length).toBeGreaterThan(1);
  for (const { rule } of rules) {
    const compiled = compileRule(rule, ECS_PROCESS, []);
    const { plan, counting, ...rest } = must(compiled.ok ? compiled.value : null, rule.slug);
    const ticks = { first: 0, last: 0, interval: 1 };
    const fields = [...fieldsOf(plan(ticks)), ...fieldsOf(counting(ticks))];
    expect(await matches.keep(session, [{ filter: concern(rest), fields }], undefined)).toMatchObject([{ kept: true }]);
    expect(await tableFor(plan(ticks)), rule.slug).toMatch(/^"matches_\w+"$/);
    expect(await tableFor(counting(ticks)), rule.slug).toMatch(/^"matches_\w+"$/);
  }
});

test('runs of a rule with exceptions read what these leave of its matches', async () => {
  const { rules } = await loadRules('rules');
  const item: AnyEntry = { type: 'match', field: 'process.name', operator: 'included', value: 'id' };
  const ticks = { first: 0, last: 0, interval: 1 };
  for (const { rule } of rules) {
    const [without, excepting] = [[], [{ name: 'x', stage: 'event', entries: [item] } as const]].map((exceptions) => {
      const compiled = compileRule(rule, ECS_PROCESS, exceptions);
      return must(compiled.ok ? compiled.value : null, rule.slug);
    });
    const filters = standingFilters(must(without, 'without'), must(excepting, 'with'));
    await matches.keep(session, filters, undefined);
    const { plan, table } = await narrow(must(excepting, 'with').plan(ticks));
    expect(table, rule.slug).toMatch(/^"matches_\w+"$/);
    expect(table).not.toBe(await tableFor(must(without, 'without').plan(ticks)));
    expect(JSON.stringify(plan)).not.toContain('"value":"id"');
  }
});

const ID = oneOf('process.name', ['id']);
const SPELL = oneOf('process.name', ['bash']);

/** What items leave of the shells, kept beside these. */
const sparing = (...items: Expression[]) => ({
  ...standing(allOf([SHELLS, not(anyItem(items))])),
  sparing: { of: SHELLS, items },
});

test('a change of items looks at no more than what it changes, in the same table', async () => {
  await append(['sh', ['sh', 'id'], 'bash', ['bash', 'id'], 'ls']);
  const keepSparing = async (...items: Expression[]) => {
    const [, left] = await matches.keep(session, [standing(SHELLS), sparing(...items)], undefined);
    const table = await tableFor(asking(SHELLS, not(anyItem(items))));
    const names = (await session.rows(`SELECT seq FROM ${table} ORDER BY seq`)).map(({ seq }) => Number(seq));
    return { left, table, names };
  };
  const first = await keepSparing(SPELL);
  expect(first).toMatchObject({ left: { kept: true, events: 2 }, names: [1, 2] });
  const both = await keepSparing(SPELL, ID);
  expect(both).toEqual({ left: { kept: true, events: 1 }, table: first.table, names: [1] });
  expect(await keepSparing(ID)).toEqual({ left: { kept: true, events: 2 }, table: first.table, names: [1, 3] });
  await append(['bash', 'id']);
  expect(await keepSparing(SPELL)).toEqual({ left: { kept: true, events: 2 }, table: first.table, names: [1, 2] });
  close();
  await open();
  expect(await keepSparing(SPELL)).toEqual({ left: { kept: true, events: 2 }, table: first.table, names: [1, 2] });
  expect(await tables()).toBe(2);
});

test('matches grow with each append, also where a field has several values for the first time', async () => {
  await keep(SHELLS);
  const table = await tableFor(asking(SHELLS));
  await append(['sh', 'ls']);
  await append(['id', ['id', 'bash'], 'bash']);
  expect(await rowsOf(table)).toBe(3);
  expect(await tableFor(asking(SHELLS))).toBe(table);
});

test('what an append takes back is not in the matches either', async () => {
  await append(['sh']);
  await keep(SHELLS);
  const table = await tableFor(asking(SHELLS));
  const failing = createLoader(database, LAYOUT, {
    onStored: async (own) => {
      await matches.grow(own, undefined);
      throw new Error('no space left');
    },
  });
  await expect(append([['sh', 'id'], 'sh'], failing)).rejects.toThrow('no space left');
  expect(await rowsOf(table)).toBe(1);
  await append(['ls', ['ls', 'sh']]);
  expect(await rowsOf(table)).toBe(2);
});

test('after a restart matches are read only once they are asked for, and take in what came without them', async () => {
  await append(['sh', 'ls']);
  await keep(SHELLS);
  const table = await tableFor(asking(SHELLS));
  close();
  await open();
  expect(await tableFor(asking(SHELLS))).toBe('events');
  await append(['bash']);
  expect(await rowsOf(table)).toBe(1);
  expect(await keep(SHELLS)).toEqual([{ kept: true, events: 2 }]);
  expect(await tableFor(asking(SHELLS))).toBe(table);
});

test('matches of events that another program removed are made anew', async () => {
  await append(['sh', 'ls']);
  await append(['bash']);
  await keep(SHELLS);
  close();
  await open();
  await session.run('DELETE FROM events WHERE batch = 1');
  expect(await keep(SHELLS)).toEqual([{ kept: true, events: 1 }]);
});

test('a table that is not registered, or one of another filter, is dropped unread', async () => {
  await append(['sh', 'ls']);
  await keep(SHELLS);
  const table = await tableFor(asking(SHELLS));
  close();
  await open();
  await session.run('DELETE FROM kept_matches');
  await session.run(`INSERT INTO ${table} BY NAME SELECT seq FROM events`);
  await session.run('CREATE TABLE matches_0123456789abcdef (seq BIGINT)');
  expect(await keep(SHELLS)).toEqual([{ kept: true, events: 1 }]);
  expect(await tables()).toBe(1);
  expect(await keep(WEB)).toEqual([{ kept: true, events: 0 }]);
  expect(await tableFor(asking(SHELLS))).toBe('events');
  expect(await tables()).toBe(1);
  await keep();
  expect(await tables()).toBe(0);
});

test('a registered table that is gone is made anew', async () => {
  await append(['sh']);
  await keep(SHELLS);
  const table = await tableFor(asking(SHELLS));
  close();
  await open();
  await session.run(`DROP TABLE ${table}`);
  expect(await keep(SHELLS)).toEqual([{ kept: true, events: 1 }]);
});

test('what depends on the time of the run, or cannot be asked, is not kept', async () => {
  const now = { kind: 'compare', operator: '<', left: single('@timestamp'), right: { kind: 'now' } } as const;
  const unknown = { kind: 'is-null', of: { kind: 'column', name: 'no.such', type: 'string' } } as const;
  expect(await keep(now, unknown)).toEqual([
    { kept: false, reason: 'depends on the time of the run' },
    { kept: false, reason: 'not supported' },
  ]);
});

test('a filter that most events pass is not kept, whether they are there or come later', async () => {
  await session.run(
    `INSERT INTO events BY NAME SELECT range + 1 AS seq, 'a' || range AS id, 1 AS batch, 'sh' AS "process.name" FROM range(60000)`,
  );
  await session.run('INSERT INTO batches VALUES (1, 1, 60000)');
  expect(await keep(SHELLS, TRUE, WEB)).toEqual([
    { kept: false, reason: 'too many' },
    { kept: false, reason: 'too many' },
    { kept: true, events: 0 },
  ]);
  expect(await tables()).toBe(1);
  const web = await tableFor(asking(WEB));
  await session.run(
    `INSERT INTO events BY NAME SELECT range + 60001 AS seq, 'b' || range AS id, 2 AS batch, 'nginx' AS "process.parent.name" FROM range(60000)`,
  );
  await session.run('INSERT INTO batches VALUES (2, 60001, 60000)');
  await inTransaction(session, () => matches.grow(session, undefined));
  expect(await tableFor(asking(WEB))).toBe('events');
  expect(await rowsOf(web)).toBe(0);
});

test('keeping matches can be called off, and answers stay', async () => {
  await append(['sh']);
  await keep(SHELLS);
  const table = await tableFor(asking(SHELLS));
  const signal = AbortSignal.abort(new Error('called off'));
  await expect(matches.keep(session, [standing(WEB)], signal)).rejects.toThrow('called off');
  expect(await tableFor(asking(SHELLS))).toBe(table);
});

/** These filters, called off when all of them are kept and before that is known. */
const calledOffBehind = (ending: AbortController, ...filters: StandingFilter[]): readonly StandingFilter[] =>
  Object.defineProperty([...filters], Symbol.iterator, {
    *value() {
      yield* filters;
      ending.abort(new Error('called off'));
      yield standing(WEB);
    },
  });

test('matches are read where they are also while others are being kept, of which one took over their table', async () => {
  await append(['sh', ['sh', 'id'], 'bash', ['bash', 'id'], 'ls']);
  await matches.keep(session, [standing(SHELLS), sparing(ID)], undefined);
  const ending = new AbortController();
  const filters = calledOffBehind(ending, standing(SHELLS), sparing(SPELL), sparing(ID));
  await expect(matches.keep(session, filters, ending.signal)).rejects.toThrow('called off');
  const left = async (item: Expression) => {
    const table = await tableFor(asking(SHELLS, not(anyItem([item]))));
    return (await session.rows(`SELECT id FROM ${table} ORDER BY seq`)).map(({ id }) => id);
  };
  expect(await left(ID)).toEqual(['1-0', '1-2']);
  await append(['sh', 'id', 'bash']);
  expect(await left(ID)).toEqual(['1-0', '1-2', '2-0', '2-2']);
});
