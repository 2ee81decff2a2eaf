import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { EventStore } from '#server/store/event-store.ts';
import { ECS_PROCESS } from '#shared/event/ecs.ts';
import { catalogueOf, type Field } from '#shared/event/field.ts';
import { planBuilder } from '#shared/plan/build.ts';
import { type DuckdbStoreOptions, openDuckdbStore } from '../open.ts';

let folder = '';
let path = '';
let lines: string[] = [];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'oddspawn-fields-'));
  path = join(folder, 'events.db');
  lines = [];
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const open = (fields: readonly Field[] = [], more: Partial<DuckdbStoreOptions> = {}): Promise<EventStore> =>
  openDuckdbStore({
    path,
    catalogue: catalogueOf([...ECS_PROCESS.fields, ...fields]),
    log: (line) => lines.push(line),
    ...more,
  });

async function append(store: EventStore, id: number, ...records: readonly unknown[]): Promise<void> {
  const file = join(folder, 'records');
  await writeFile(file, records.map((one) => (typeof one === 'string' ? one : JSON.stringify(one))).join('\n'));
  await store.append({ id, path: file });
}

const record = (id: string, more: object = {}): object => ({
  '@timestamp': '2026-11-21T12:00:00Z',
  'event.id': id,
  ...more,
});

const valuesOf = async (store: EventStore, name: string): Promise<readonly unknown[]> =>
  (await store.run({ steps: [{ kind: 'keep', columns: [name] }] }, { now: 0 })).rows.map((row) => row[name]);

const PORT: Field = { name: 'source.port', type: 'long' };
const ZONE: Field = { name: 'my.zone', type: 'keyword' };

test('a file says which fields it has: those that were added are there when it is opened again, and no others', async () => {
  const first = await open();
  await append(first, 1, record('a', { source: { port: 443 } }), record('b'));
  expect(await first.addFields(catalogueOf([PORT]))).toBe(0);
  await first.close();
  const second = await open();
  expect(await valuesOf(second, 'source.port')).toEqual([443, null]);
  await append(second, 2, record('c', { 'source.port': 80 }));
  await second.close();
  const third = await open([ZONE, PORT]);
  expect(await valuesOf(third, 'source.port')).toEqual([443, null, 80]);
  expect(third.catalogue.find('my.zone')).toBeUndefined();
  await third.close();
  expect(lines).toEqual([]);
});

test('fields that a file lacks can be added when it is opened again', async () => {
  const first = await open();
  await append(first, 1, record('a', { my: { zone: ['x', 'y'] } }));
  await first.close();
  const second = await open([ZONE]);
  await second.addFields(catalogueOf([ZONE]));
  expect(await valuesOf(second, 'my.zone')).toEqual([['x', 'y']]);
  expect(second.catalogue.fields.at(-1)).toEqual(ZONE);
  await second.close();
});

test('several values of an added field are found among kept matches too', async () => {
  const store = await open();
  const { oneOf } = planBuilder(ECS_PROCESS);
  const filter = oneOf('process.name', ['sh']);
  await append(store, 1, record('a', { process: { name: 'sh' }, my: { zone: ['x', 'y'] } }), record('b'));
  const standing = { filter, fields: ['process.name'] };
  expect(await store.keepMatches([standing])).toEqual([{ kept: true, events: 1 }]);
  await store.addFields(catalogueOf([ZONE]));
  expect(await store.keepMatches([standing])).toEqual([{ kept: true, events: 1 }]);
  const { rows } = await store.run(
    {
      steps: [
        { kind: 'filter', where: filter },
        { kind: 'keep', columns: ['my.zone'] },
      ],
    },
    { now: 0 },
  );
  expect(rows.map((row) => row['my.zone'])).toEqual([['x', 'y']]);
  await store.close();
});

test('a list of objects is read again for a new member', async () => {
  const items = (...names: readonly string[]): Field => ({
    name: 'items',
    type: 'nested',
    fields: names.map((name) => ({ name, type: 'keyword' })),
  });
  const store = await open([items('key')]);
  await append(store, 1, record('a', { items: [{ key: 'k', value: 'v' }] }), record('b'));
  await store.addFields(catalogueOf([items('value')]));
  const [stored, none] = await valuesOf(store, 'items');
  expect(JSON.parse(String(stored))).toMatchObject({ key: ['k'], value: ['v'] });
  expect(none).toBeNull();
  await store.close();
});

test('events whose records are not kept go without, and are counted', async () => {
  const first = await open([], { keepText: false });
  await append(first, 1, record('a', { source: { port: 443 } }), record('b'));
  expect(await first.addFields(catalogueOf([PORT]))).toBe(2);
  await append(first, 2, record('c', { source: { port: 80 } }));
  expect(await valuesOf(first, 'source.port')).toEqual([null, null, 80]);
  await first.close();
  const second = await open([], { keepText: false });
  expect(await second.addFields(catalogueOf([ZONE]))).toBe(3);
  await second.close();
});

test('a record that is refused when it is looked at more closely goes without, and harms no other', async () => {
  const store = await open();
  await append(
    store,
    1,
    record('a', { my: { zone: 'x' } }),
    '{"@timestamp":"2026-11-21T12:00:00Z","event":{"id":"b"},"my":{"zone":NaN,}}',
    record('c', { my: { zone: 'z' } }),
  );
  const stored = await valuesOf(store, 'event.id');
  const unread = await store.addFields(catalogueOf([ZONE]));
  expect(stored.length - unread).toBe(2);
  expect((await valuesOf(store, 'my.zone')).filter((value) => value !== null)).toEqual(['x', 'z']);
  await store.close();
});

test('events that go while records are read take nothing with them', async () => {
  const store = await open();
  await append(
    store,
    1,
    ...Array.from({ length: 300 }, (_, index) => record(`a${index}`, { source: { port: index } })),
  );
  await append(store, 2, record('b', { source: { port: 1 } }));
  const adding = store.addFields(catalogueOf([PORT]));
  await store.remove(1);
  await adding;
  expect(await valuesOf(store, 'source.port')).toEqual([1]);
  await store.close();
});
