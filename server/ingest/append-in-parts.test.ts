import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { processEvent } from '#server/http/testing/senders.ts';
import { openDuckdbStore } from '#server/store/duckdb/open.ts';
import type { EventStore, Reject } from '#server/store/event-store.ts';
import { ECS_PROCESS } from '#shared/event/ecs.ts';
import { appendInParts } from './append-in-parts.ts';

let folder: string;
let store: EventStore;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'oddspawn-parts-'));
  store = await openDuckdbStore({ path: ':memory:', catalogue: ECS_PROCESS });
});
afterEach(async () => {
  await store.close();
  await rm(folder, { recursive: true });
});

const line = (id: string, second = 0): string => `${JSON.stringify(processEvent(id, second))}\n`;
const write = async (name: string, text: string): Promise<string> => {
  await writeFile(join(folder, name), text);
  return join(folder, name);
};
const parts = () => ({ scratch: join(folder, 'part'), partBytes: 4000 });

test('a file in parts comes out as it would at once, and others have their turn before its end', async () => {
  const lines = Array.from({ length: 200 }, (_, index) =>
    index % 50 === 7 ? 'no json\n' : index === 90 ? '\n' : line(`e${index}`, index),
  );
  const path = await write('file', `${lines.join('')}${line('e0').trimEnd()}`);
  const rejects: Reject[] = [];
  const progress: number[] = [];
  const whole = appendInParts(
    store,
    { id: 1, path },
    { onReject: (reject) => rejects.push(reject), onProgress: (share) => progress.push(share) },
    parts(),
  );
  const other = await write('other', line('other'));
  let ended = '';
  const ends = (name: string) => () => {
    ended += name;
  };
  const [report] = await Promise.all([
    whole.finally(ends('whole')),
    store.append({ id: 2, path: other }).then(ends('other ')),
  ]);
  expect(ended).toBe('other whole');
  expect(report).toMatchObject({ records: 200, events: 195, rejected: 4, duplicates: 1 });
  const { events, window } = await store.statistics();
  expect([events, window]).toEqual([196, report.window]);
  expect(rejects.map((reject) => reject.line)).toEqual([8, 58, 108, 158]);
  expect(progress).toEqual(progress.toSorted((left, right) => left - right));
  expect((await readdir(folder)).toSorted()).toEqual(['file', 'other']);
  await store.remove(1);
  expect((await store.statistics()).events).toBe(1);
});

test('an array is appended at once', async () => {
  const path = await write('file', `[${Array.from({ length: 50 }, (_, index) => line(`e${index}`)).join(',')}]`);
  expect(await appendInParts(store, { id: 1, path }, {}, parts())).toMatchObject({ events: 50 });
});

test('a trial keeps nothing', async () => {
  const path = await write('file', line('a'));
  expect(await store.append({ id: 1, path }, { isTrial: true })).toMatchObject({ events: 1 });
  expect([(await store.statistics()).events, await store.stored(1)]).toEqual([0, null]);
});
