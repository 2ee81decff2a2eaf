import { readFile } from 'node:fs/promises';
import { afterEach, expect, test } from 'vitest';
import { openDuckdbStore } from '#server/store/duckdb/open.ts';
import type { EventStore } from '#server/store/event-store.ts';
import { bulkBody, makeKey, processEvent, settled, storedIds } from '../testing/senders.ts';
import { startTestServer, type TestServer } from '../testing/test-server.ts';

let server: TestServer;
afterEach(() => server.stop());

/** A store that fails at a batch whose text has a word. */
async function start(isPoison: (text: string) => boolean): Promise<(...ids: string[]) => Promise<void>> {
  server = await startTestServer({
    surroundings: {
      openStore: async (path, _config, _log, catalogue): Promise<EventStore> => {
        const store = await openDuckdbStore({ path, catalogue, memoryLimit: '512MB' });
        return {
          ...store,
          append: async (batch, options) => {
            if (isPoison(await readFile(batch.path, 'utf8'))) throw new Error('Binder Error: what a word');
            return store.append(batch, options);
          },
        };
      },
    },
  });
  const headers = { authorization: `Bearer ${(await makeKey(server)).secret}` };
  return async (...ids) => {
    const body = bulkBody(ids.map((id) => processEvent(id)));
    expect((await fetch(`${server.url}/logs/_bulk`, { method: 'POST', headers, body })).status).toBe(200);
  };
}

interface Sources {
  readonly trouble: string | null;
  readonly setAside: number;
  readonly sources: readonly { readonly id: string; readonly events: number; readonly rejected: number }[];
}
const sources = async (): Promise<Sources> => (await server.json<Sources>('/api/sources')).body;

test('a record that the store fails at goes to quarantine, and nothing waits behind it', {
  timeout: 60_000,
}, async () => {
  const send = await start((text) => text.includes('poison'));
  await send('a', 'b', 'poison', 'c');
  await send('d');
  expect((await storedIds(server)).toSorted()).toEqual(['a', 'b', 'c', 'd']);
  const { sources: listed, trouble } = await sources();
  expect([trouble, listed[0]]).toEqual([null, expect.objectContaining({ events: 4, rejected: 1 })]);
  const { body } = await server.json<{ rejects: object[] }>(`/api/sources/${listed[0]?.id}/rejects`);
  expect(body.rejects).toEqual([
    expect.objectContaining({
      reason: 'the store fails at it: Binder Error: what a word',
      text: expect.stringContaining('poison'),
    }),
  ]);
});

test('a stretch that cannot be taken apart is set aside, can be had, and loaded again', {
  timeout: 60_000,
}, async () => {
  let isSick = true;
  const send = await start((text) => isSick && text.includes('one') && text.includes('two'));
  await send('one', 'two', 'x');
  await settled(server);
  await send('later');
  expect(await storedIds(server)).toEqual(['later']);
  expect(await sources()).toMatchObject({ trouble: null, setAside: 3 });
  server = await server.restart();
  const { body } = await server.json<{ failed: { id: string; records: number }[] }>('/api/failed-segments');
  const [failed] = body.failed;
  expect(failed).toMatchObject({ records: 3, problem: 'Binder Error: what a word' });
  const file = await fetch(`${server.url}/api/failed-segments/${failed?.id}/records.ndjson`);
  expect((await file.text()).trimEnd().split('\n')).toHaveLength(3);
  isSick = false;
  expect((await server.send('POST', `/api/failed-segments/${failed?.id}/retry`, {})).status).toBe(200);
  expect((await storedIds(server)).toSorted()).toEqual(['later', 'one', 'two', 'x']);
  expect((await sources()).setAside).toBe(0);
  expect((await server.send('DELETE', `/api/failed-segments/${failed?.id}`, {})).status).toBe(404);
});
