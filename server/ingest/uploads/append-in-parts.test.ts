import { copyFile, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
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
  const ids = ['e0', 'e1', 'e89', 'e150', 'e199', 'other'];
  const documents = await store.documents([...(await store.numbersOf(ids)).values()]);
  const texts = new Map(documents.map(({ id, text }) => [id, JSON.parse(text).event.id]));
  expect(ids.map((id) => texts.get(id))).toEqual(ids);
  await store.remove(1);
  expect((await store.statistics()).events).toBe(1);
});

test('nothing of a file is seen before all of it is stored, whatever else comes meanwhile, and nothing of one given up', {
  timeout: 120_000,
}, async () => {
  const ids = fc.array(fc.integer({ min: 0, max: 30 }), { minLength: 1, maxLength: 12 });
  const histories = fc.record({
    parts: fc.array(ids, { minLength: 1, maxLength: 4 }),
    others: fc.array(ids, { minLength: 4, maxLength: 4 }),
    isGivenUp: fc.boolean(),
  });
  let batch = 10;
  await fc.assert(
    fc.asyncProperty(histories, async ({ parts: sent, others, isGivenUp }) => {
      const giveUp = new AbortController();
      const [first, upload] = [batch, batch + 1];
      batch += 10;
      const other = async (which: number): Promise<void> => {
        const text = (others[which] ?? []).map((id) => line(`${first}-${id}`, 1)).join('');
        await store.append({ id: first + 2 + which, path: await write('other', text) });
      };
      const seen = async (): Promise<number[]> => {
        const found = await store.numbersOf(Array.from({ length: 31 }, (_, id) => `${first}-${id}`));
        return unique([[...found.keys()].map((id) => Number(id.split('-')[1]))]);
      };
      const unique = (all: readonly (readonly number[])[]): number[] =>
        [...new Set(all.flat())].toSorted((left, right) => left - right);
      async function* files(): AsyncGenerator<string> {
        for (const [index, part] of sent.entries()) {
          if (index > 0) await other(index - 1);
          expect(await seen()).toEqual(unique(others.slice(0, index)));
          yield write('part', part.map((id) => line(`${first}-${id}`, 2)).join(''));
        }
        await other(sent.length - 1);
        if (isGivenUp) giveUp.abort(new Error('given up'));
      }
      const before = (await store.statistics()).events;
      const stored = store.appendParts({ id: upload, parts: files() }, { signal: giveUp.signal });
      const report = await stored.catch((error: Error) => error.message);
      const byOthers = unique(others.slice(0, sent.length));
      const all = isGivenUp ? byOthers : unique([byOthers, ...sent]);
      expect(await seen()).toEqual(all);
      expect((await store.statistics()).events - before).toBe(all.length);
      const numbers = await store.numbersOf(all.map((id) => `${first}-${id}`));
      for (const { id, text } of await store.documents([...numbers.values()])) {
        expect(JSON.parse(text)).toMatchObject({ event: { id } });
      }
      const records = sent.flat().length;
      const events = all.length - byOthers.length;
      expect(report).toEqual(
        isGivenUp ? 'given up' : expect.objectContaining({ records, events, duplicates: records - events }),
      );
      expect(await store.stored(upload)).toEqual(isGivenUp ? null : expect.objectContaining({ events }));
    }),
    { numRuns: 10 },
  );
});

test('what was gathered of a file when the program fell is gone when the store opens again', async () => {
  const path = join(folder, 'events.duckdb');
  const file = await openDuckdbStore({ path, catalogue: ECS_PROCESS });
  const part = await write('part', line('a'));
  async function* files(): AsyncGenerator<string> {
    yield part;
    await copyFile(path, join(folder, 'fallen.duckdb'));
    await copyFile(`${path}.wal`, join(folder, 'fallen.duckdb.wal'));
  }
  await file.appendParts({ id: 1, parts: files() });
  expect((await file.documents([1])).map(({ id, text }) => [id, text])).toEqual([['a', line('a').trim()]]);
  await file.close();
  const fallen = await openDuckdbStore({ path: join(folder, 'fallen.duckdb'), catalogue: ECS_PROCESS });
  expect([(await fallen.statistics()).events, await fallen.stored(1)]).toEqual([0, null]);
  await fallen.append({ id: 1, path: part });
  expect((await fallen.documents([1])).map(({ id }) => id)).toEqual(['a']);
  await fallen.close();
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
