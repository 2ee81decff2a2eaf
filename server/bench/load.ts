import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { openDatabase } from '#server/store/duckdb/connection.ts';
import { createLoader } from '#server/store/duckdb/load/append.ts';
import { columnType, createTables } from '#server/store/duckdb/load/schema.ts';
import { quoteName, quoteText } from '#server/store/duckdb/sql/identifier.ts';
import { ECS_PROCESS } from '#shared/event/ecs.ts';
import type { Field } from '#shared/event/field.ts';
import { writeEvents } from './events.ts';

const EVENTS = Number(process.argv[2] ?? 200_000);

/** Seconds by the clock, and of the processors: the second hardly depends on what else the machine does. */
interface Duration {
  readonly clock: number;
  readonly processors: number;
}

async function durationOf(work: () => Promise<unknown>): Promise<Duration> {
  const start = performance.now();
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return { clock: (performance.now() - start) / 1000, processors: (user + system) / 1e6 };
}

/** DuckDB's own reader into a table of the same columns, without any care for the records' shape: the bound. */
async function bareInsert(folder: string, file: string): Promise<Duration> {
  const database = await openDatabase({ path: join(folder, 'bare.db'), memoryLimit: '2GB' });
  const session = await database.session();
  const tree = structOf(ECS_PROCESS.fields.map((field) => ({ field, path: field.name.split('.') })));
  const columns = tree.map(({ name, type }) => `${quoteText(name)}: ${quoteText(type)}`).join(', ');
  const values = ECS_PROCESS.fields.map(
    ({ name }) => `${name.split('.').map(quoteName).join('.')} AS ${quoteName(name)}`,
  );
  const took = await durationOf(() =>
    session.run(
      `CREATE TABLE bare AS SELECT ${values.join(', ')}
      FROM read_ndjson(${quoteText(file)}, columns = {${columns}})`,
    ),
  );
  session.close();
  database.close();
  return took;
}

interface Leaf {
  readonly field: Field;
  readonly path: readonly string[];
}

/** In the generated events category and type are arrays. */
const bareType = (field: Field): string =>
  field.name === 'event.category' || field.name === 'event.type' ? 'VARCHAR[]' : columnType(field);

function structOf(leaves: readonly Leaf[]): readonly { readonly name: string; readonly type: string }[] {
  const heads = [...new Set(leaves.map(({ path }) => path[0] ?? ''))];
  return heads.map((name) => {
    const members = leaves.filter(({ path }) => path[0] === name);
    const [only] = members;
    if (only && only.path.length === 1) return { name, type: bareType(only.field) };
    const inner = structOf(members.map(({ field, path }) => ({ field, path: path.slice(1) })));
    return { name, type: `STRUCT(${inner.map((member) => `${quoteName(member.name)} ${member.type}`).join(', ')})` };
  });
}

async function load(folder: string, file: string, keepText: boolean): Promise<readonly Duration[]> {
  const database = await openDatabase({ path: join(folder, `load-${keepText}.db`), memoryLimit: '2GB' });
  const layout = { catalogue: ECS_PROCESS, keepText };
  const session = await database.session();
  await createTables(session, layout);
  session.close();
  const loader = createLoader(database, layout);
  const first = await durationOf(() => loader.append({ id: 1, path: file }));
  const again = await durationOf(() => loader.append({ id: 2, path: file }));
  database.close();
  return [first, again];
}

const folder = await mkdtemp(join(tmpdir(), 'oddspawn-bench-'));
try {
  const file = join(folder, 'events.ndjson');
  const size = await writeEvents(file, EVENTS);
  console.log(`${EVENTS} events, ${(size / 1e6).toFixed(0)} MB, ${(size / EVENTS).toFixed(0)} bytes each`);
  const bare = await bareInsert(folder, file);
  const row = (name: string, { clock, processors }: Duration) =>
    console.log(
      `${name.padEnd(28)} ${clock.toFixed(2)} s (processors ${processors.toFixed(2)} s)  ` +
        `${(EVENTS / clock / 1000).toFixed(1)}k events/s  ${(size / clock / 1e6).toFixed(0)} MB/s  ` +
        `${(clock / bare.clock).toFixed(2)} x bare (processors ${(processors / bare.processors).toFixed(2)} x)`,
    );
  row('bare read_ndjson', bare);
  for (const keepText of [false, true]) {
    for (const [index, duration] of (await load(folder, file, keepText)).entries()) {
      row(index > 0 ? 'the same file again' : `append ${keepText ? 'with' : 'without'} text`, duration);
    }
  }
} finally {
  await rm(folder, { recursive: true, force: true });
}
