import { existsSync } from 'node:fs';
import { copyFile, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { FIRST_STREAM_BATCH } from '#server/store/event-store.ts';
import { ECS_PROCESS } from '#shared/event/ecs.ts';
import { catalogueOf, type FieldCatalogue } from '#shared/event/field.ts';
import { openDatabase } from './connection.ts';
import { type DuckdbStoreOptions, openDuckdbStore } from './open.ts';

const OTHER = catalogueOf([...ECS_PROCESS.fields, { name: 'x.y', type: 'long' }]);
const WIDER = catalogueOf([...ECS_PROCESS.fields, { name: 'x.y', type: 'keyword' }]);

let folder = '';
let path = '';
let lines: string[] = [];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'oddspawn-rebuild-'));
  path = join(folder, "it's events.db");
  lines = [];
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const open = (catalogue: FieldCatalogue, more: Partial<DuckdbStoreOptions> = {}) =>
  openDuckdbStore({ path, catalogue, log: (line) => lines.push(line), ...more });

const record = (id: string, y: unknown) =>
  JSON.stringify({ '@timestamp': '2026-11-21T12:00:00Z', 'event.id': id, x: { y }, note: '\ufeffé' });

/** Appends files to a store as batches, and closes it. */
async function fill(catalogue: FieldCatalogue, batches: ReadonlyMap<number, readonly string[]>): Promise<void> {
  const store = await open(catalogue);
  for (const [id, records] of batches) {
    await writeFile(join(folder, 'records'), records.join('\n'));
    await store.append({ id, path: join(folder, 'records'), ingested: id });
  }
  await store.remove(2);
  await store.close();
}

const BATCHES = new Map([
  [1, [record('a', 'one'), '{"broken"', record('a', 'again'), record('b', ['two', 'three'])]],
  [2, [record('c', 'gone')]],
  [FIRST_STREAM_BATCH, [record('d', null), record('e', 5)]],
]);

const ASKED = ['event.id', 'event.ingested', 'x.y'];

async function rows(catalogue: FieldCatalogue) {
  const store = await open(catalogue);
  const result = await store.run({ steps: [{ kind: 'keep', columns: ASKED }] }, { now: 0 });
  const numbers = result.rows.map((row) => Number(row['$event']));
  const found = { rows: result.rows, texts: (await store.documents(numbers)).map(({ text }) => text) };
  await writeFile(join(folder, 'records'), record('next', 'new'));
  const report = await store.append({ id: FIRST_STREAM_BATCH + 1, path: join(folder, 'records') });
  const [next] = [...(await store.numbersOf(['next'])).values()];
  await store.close();
  return { ...found, report, next };
}

const EXPECTED = [
  { 'event.id': 'a', 'event.ingested': 1, 'x.y': 'one', $event: 1 },
  { 'event.id': 'b', 'event.ingested': 1, 'x.y': ['three', 'two'], $event: 2 },
  { 'event.id': 'd', 'event.ingested': FIRST_STREAM_BATCH, 'x.y': null, $event: 4 },
  { 'event.id': 'e', 'event.ingested': FIRST_STREAM_BATCH, 'x.y': '5', $event: 5 },
];

test('a store whose fields have other types is read again: events keep number, batch, arrival and text', async () => {
  await fill(OTHER, BATCHES);
  const found = await rows(WIDER);
  expect(found.rows).toEqual(EXPECTED);
  expect(found.texts).toEqual([record('a', 'one'), record('b', ['two', 'three']), record('d', null), record('e', 5)]);
  expect(found).toMatchObject({ report: { events: 1, duplicates: 0 }, next: 6 });
  expect(lines).toEqual([
    expect.stringContaining('reading its records again'),
    expect.stringContaining('is rebuilt: 4 events'),
  ]);
  const store = await open(WIDER);
  expect(await store.stored(2)).toMatchObject({ events: 1 });
  await store.close();
  expect(lines).toHaveLength(2);
});

test('a store of the first version, with texts in a column, is read as well', async () => {
  await fill(ECS_PROCESS, BATCHES);
  const database = await openDatabase({ path });
  const session = await database.session();
  await session.run('ALTER TABLE events ADD COLUMN text VARCHAR');
  const texts = [record('a', 'one'), record('b', ['two', 'three']), record('d', null), record('e', 5)];
  for (const [index, text] of texts.entries()) {
    await session.run('UPDATE events SET text = $1 WHERE seq = $2', [text, BigInt([1, 2, 4, 5][index] ?? 0)]);
  }
  await session.run('ALTER TABLE events DROP COLUMN place');
  await session.run('DROP TABLE texts');
  await session.run('ALTER TABLE layout DROP COLUMN fields');
  await session.run(`UPDATE layout SET description = 'as the first version writes it'`);
  session.close();
  database.close();
  expect((await rows(WIDER)).rows).toEqual(EXPECTED);
});

test('what a rebuild left behind that was cut off is not taken for the store', async () => {
  await fill(OTHER, BATCHES);
  await copyFile(path, `${path}.rebuild`);
  await writeFile(`${path}.rebuild.wal`, 'half a log');
  expect((await rows(WIDER)).rows).toEqual(EXPECTED);
  expect(existsSync(`${path}.rebuild`)).toBe(false);
});

test('a store without texts whose fields have other types is refused, and stays as it is', async () => {
  const plain = { keepText: false };
  await (await open(OTHER, plain)).close();
  await expect(open(WIDER, plain)).rejects.toThrow('move the file away');
  await (await open(OTHER, plain)).close();
  expect(existsSync(`${path}.rebuild`)).toBe(false);
});

test('fields that a store has beside those wanted stay through a rebuild', async () => {
  await fill(catalogueOf([...OTHER.fields, { name: 'note', type: 'keyword' }]), BATCHES);
  const store = await open(WIDER);
  const { rows: found } = await store.run({ steps: [{ kind: 'keep', columns: ['x.y', 'note'] }] }, { now: 0 });
  await store.close();
  expect(found[0]).toMatchObject({ 'x.y': 'one', note: '\ufeffé' });
});
