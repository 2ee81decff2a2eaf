import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ECS_PROCESS } from '#shared/event/ecs.ts';
import { compileKql } from '#shared/lang/kql/compile.ts';
import type { Expression } from '#shared/plan/expression.ts';
import { type Database, openDatabase } from '../connection.ts';
import { createLoader } from './append.ts';
import { createTables, type Layout } from './schema.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'oddspawn-test-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** The database, and the plans by which files were read into it. */
function watched(database: Database, plans: string[]): Database {
  const session: Database['session'] = async () => {
    const one = await database.session();
    return {
      ...one,
      run: async (sql, values, options) => {
        if (sql.includes('read_ndjson')) {
          plans.push(...(await one.rows(`EXPLAIN ${sql}`, values)).map((row) => String(row['explain_value'])));
        }
        return one.run(sql, values, options);
      },
    };
  };
  return { ...database, session };
}

function conditionOf(query: string): Expression {
  const compiled = compileKql(query, ECS_PROCESS);
  if (!compiled.ok) throw new Error(query);
  return compiled.value.expression;
}

const NAMES = ['sh', 'bash', 'dash', 'zsh', 'ksh', 'csh', 'tcsh', 'fish'].join(' or ');
const CONDITIONS = {
  'a value of many': [`process.name: (${NAMES})`],
  'two fields, one of them left out': [`process.parent.name: (${NAMES}) and not process.command_line: (${NAMES})`],
  'several conditions': [`user.name: (${NAMES})`, `event.action: exec and host.name: (${NAMES})`],
};

const LINES = {
  'at once': [],
  'line by line': ['{"@timestamp":'],
};

const layouts: readonly (readonly [string, Layout])[] = [
  ['with text', { catalogue: ECS_PROCESS, keepText: true }],
  ['without text', { catalogue: ECS_PROCESS, keepText: false }],
  ...Object.entries(CONDITIONS).map(([name, queries]): [string, Layout] => [
    `concerned by ${name}`,
    { catalogue: ECS_PROCESS, keepText: false, concerning: queries.map(conditionOf) },
  ]),
];

const cases = layouts.flatMap(([name, layout]) =>
  Object.entries(LINES).map(([reading, broken]) => ({ name, reading, layout, broken })),
);

/** Numbers and texts go by the order of the rows, which only an insert of several threads keeps that goes by batches. */
test.each(cases)('records are inserted in the order of the file: $name, read $reading', async ({ layout, broken }) => {
  const file = join(folder, 'events.ndjson');
  const record = (id: number) =>
    JSON.stringify({ '@timestamp': '2026-11-20T10:00:00Z', event: { id: `e${id}` }, process: { name: 'sh' } });
  await writeFile(file, [...Array.from({ length: 200 }, (_, id) => record(id)), ...broken].join('\n'));
  const plans: string[] = [];
  const database = watched(await openDatabase({ path: ':memory:' }), plans);
  const session = await database.session();
  await createTables(session, layout);
  await createLoader(database, layout).append({ id: 1, path: file });
  expect(plans.length).toBeGreaterThan(0);
  expect(plans.filter((plan) => !/BATCH_(?:INSERT|CREATE_TABLE_AS)/.test(plan))).toEqual([]);
  session.close();
  database.close();
});
