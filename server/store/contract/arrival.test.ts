import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openDuckdbStore } from '#server/store/duckdb/open.ts';
import { type EventStore, FIRST_STREAM_BATCH } from '#server/store/event-store.ts';
import { openReferenceStore } from '#server/store/reference/reference-store.ts';
import { ECS_PROCESS } from '#shared/event/ecs.ts';
import type { Plan } from '#shared/plan/plan.ts';
import { valuesOf } from '#shared/plan/value.ts';

const STORES: readonly (readonly [string, (folder: string) => Promise<EventStore>])[] = [
  ['DuckDB', (folder) => openDuckdbStore({ path: join(folder, 'events.duckdb'), catalogue: ECS_PROCESS })],
  ['reference', async () => openReferenceStore({ catalogue: ECS_PROCESS })],
];

const INGESTED: Plan = { steps: [{ kind: 'keep', columns: ['event.id', 'event.ingested'] }] };
const noon = Date.parse('2026-11-21T12:00:00Z');
const record = (id: string, hour: number, more: object = {}) =>
  JSON.stringify({ '@timestamp': new Date(noon + hour * 3_600_000).toISOString(), 'event.id': id, ...more });

describe.each(STORES)('%s', (_name, open) => {
  let folder: string;
  let store: EventStore;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'oddspawn-arrival-'));
    store = await open(folder);
  });
  afterEach(async () => {
    await store.close();
    await rm(folder, { recursive: true });
  });

  async function append(id: number, lines: readonly string[], ingested?: number): Promise<void> {
    const path = join(folder, `${id}.ndjson`);
    await writeFile(path, lines.join('\n'));
    await store.append({ id, path, ...(ingested !== undefined && { ingested }) });
  }
  async function rows(): Promise<readonly unknown[]> {
    const { rows } = await store.run(INGESTED, { now: noon });
    return rows.map((row) => [row['event.id'], ...valuesOf(row['event.ingested']).map(Number)]);
  }

  test('the time of arrival replaces whatever a record says, however it says it', async () => {
    const arrived = noon + 5;
    const says = [
      {},
      { event: { ingested: '2020-01-01T00:00:00Z' } },
      { 'event.ingested': ['2020-01-01T00:00:00Z', '2021-01-01T00:00:00Z'] },
      { event: { ingested: [['2020-01-01T00:00:00Z']] } },
      { event: { ingested: 'soon' } },
    ];
    await append(
      1,
      says.map((more, index) => record(`e${index}`, 0, more)),
      arrived,
    );
    expect(await rows()).toEqual(says.map((_, index) => [`e${index}`, arrived]));
  });

  test('without one the record is taken at its word', async () => {
    await append(1, [record('a', 0, { event: { ingested: '2020-01-01T00:00:00Z' } }), record('b', 0)]);
    expect(await rows()).toEqual([['a', Date.parse('2020-01-01T00:00:00Z')], ['b']]);
  });

  test('names the records that it knows already', async () => {
    await append(1, [record('a', 0)]);
    const path = join(folder, 'again.ndjson');
    await writeFile(path, [record('b', 0), 'no record', record('a', 0), record('b', 0), record('c', 0)].join('\n'));
    const places: number[] = [];
    await store.append({ id: 2, path }, { onDuplicate: (place) => places.push(place) });
    expect(places).toEqual([2, 3]);
  });

  test('tells what became of a batch, and which was the last', async () => {
    expect([await store.stored(1), await store.lastBatch()]).toEqual([null, 0]);
    await append(1, [record('a', 1), record('b', 3), record('c', 2)]);
    await append(FIRST_STREAM_BATCH + 7, [record('a', 1)]);
    const window = { from: noon + 3_600_000, to: noon + 3 * 3_600_000 };
    expect(await store.stored(1)).toEqual({ events: 3, window });
    expect(await store.stored(FIRST_STREAM_BATCH + 7)).toEqual({ events: 0, window: null });
    expect(await store.lastBatch()).toBe(FIRST_STREAM_BATCH + 7);
  });

  test('forgets the oldest in steps, but not what is to be kept', async () => {
    await append(
      1,
      [4, 0, 3, 1, 2].map((hour) => record(`e${hour}`, hour)),
    );
    const which = { before: noon + 4 * 3_600_000, keep: ['e1'], atMost: 2 };
    expect(await store.forget(which)).toBe(2);
    expect((await rows()).map((row) => (row as string[])[0])).toEqual(['e4', 'e3', 'e1']);
    expect([await store.forget(which), await store.forget(which)]).toEqual([1, 0]);
    expect((await rows()).map((row) => (row as string[])[0])).toEqual(['e4', 'e1']);
    expect(await store.size()).toBeGreaterThanOrEqual(0);
  });
});
