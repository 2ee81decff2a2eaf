import { readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { FIRST_STREAM_BATCH } from '#server/store/event-store.ts';
import { parseDocument } from '#server/store/records/parse-record.ts';
import { flatten } from '#shared/event/document.ts';
import { ECS_PROCESS } from '#shared/event/ecs.ts';
import { openDatabase } from '../connection.ts';
import { createLoader } from './append.ts';
import { createTables } from './schema.ts';
import { flatOf, openTestStore } from './test-store.ts';
import { readTexts } from './texts.ts';

const records = readFileSync(new URL('./cases/records.ndjson', import.meta.url), 'utf8')
  .trimEnd()
  .split('\n');

test.each([
  ['a file', 1],
  ['a stream', FIRST_STREAM_BATCH],
])('rows of %s hold what flatten reads', async (_, batch) => {
  const store = await openTestStore(ECS_PROCESS, { first: batch });
  const report = await store.append(records.join('\n'));
  expect(report.rejects).toEqual([]);
  expect(report).toMatchObject({ records: records.length, events: records.length, rejected: 0, duplicates: 0 });
  const rows = await store.events();
  for (const [index, line] of records.entries()) {
    const document = parseDocument(line);
    if (!document.ok) throw new Error(line);
    const row = rows[index] ?? {};
    expect(flatOf(row, ECS_PROCESS), line).toEqual(flatten(document.value, ECS_PROCESS));
    expect((await readTexts(store.session, [{ batch, place: Number(row['place']) }]))[0]).toBe(line);
    expect(row['seq']).toBe(BigInt(index + 1));
  }
  await store.close();
});

test('a file keeps its events, goes on with its numbers, and knows a batch that comes again', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'oddspawn-test-'));
  const layout = { catalogue: ECS_PROCESS, keepText: false };
  const append = async (id: number, name: string, lines: readonly string[]) => {
    const database = await openDatabase({ path: join(folder, 'events.db') });
    const session = await database.session();
    await createTables(session, layout);
    await writeFile(join(folder, name), lines.join('\n'));
    const report = await createLoader(database, layout).append({ id, path: join(folder, name) });
    const rows = await session.rows('SELECT * FROM events ORDER BY seq');
    session.close();
    database.close();
    return { report, rows };
  };
  await append(1, 'records [1].ndjson.gz', records.slice(0, 3));
  const { report, rows } = await append(2, 'more', records.slice(2, 6));
  const again = await append(2, 'more', records.slice(2, 6));
  expect(report).toMatchObject({ events: 3, duplicates: 1 });
  expect(again.report).toMatchObject({ events: 0, duplicates: 4 });
  expect(again.rows).toEqual(rows);
  expect(rows.map(({ seq, batch }) => [seq, batch])).toEqual([
    [1n, 1],
    [2n, 1],
    [3n, 1],
    [4n, 2],
    [5n, 2],
    [6n, 2],
  ]);
  expect(Object.keys(rows[0] ?? {})).not.toContain('place');
  await rm(folder, { recursive: true });
});

test('hashes and what is below the millisecond stand beside', async () => {
  const store = await openTestStore(ECS_PROCESS);
  const event = (id: string, process: object) =>
    JSON.stringify({ '@timestamp': '2026-11-21T10:00:00.1234567Z', 'event.id': id, process });
  await store.append(
    [event('plain', { entity_id: 'p', parent: { entity_id: 'q' } }), event('exact', { entity_id: [['p']] })].join('\n'),
  );
  const rows = await store.session.rows(
    `SELECT id, ns, entity_hash = hash('p') AS own, parent_hash = hash('q') AS parent, id_hash = hash(id) AS hashed
    FROM events ORDER BY seq`,
  );
  expect(rows).toEqual([
    { id: 'plain', ns: 456_700, own: true, parent: true, hashed: true },
    { id: 'exact', ns: 456_700, own: true, parent: null, hashed: true },
  ]);
  await store.close();
});
