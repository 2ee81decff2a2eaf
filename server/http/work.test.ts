import { afterEach, expect, test } from 'vitest';
import type { EventStore } from '#server/store/event-store.ts';
import { openReferenceStore } from '#server/store/reference/reference-store.ts';
import type { Problem } from '#shared/api/endpoint.ts';
import type { Upload } from '#shared/api/uploads.ts';
import { ECS_PROCESS } from '#shared/event/ecs.ts';
import { startTestServer, type TestServer } from './testing/test-server.ts';

let server: TestServer;
afterEach(() => server.stop());

const EVENT = JSON.stringify({ '@timestamp': '2026-11-21T10:00:00Z', event: { id: 'a' } });

/** A store in which one kind of work lasts until it is aborted. */
function stuckAt(work: 'append' | 'run'): () => Promise<EventStore> {
  const store = openReferenceStore({ catalogue: ECS_PROCESS });
  const untilAborted = (signal: AbortSignal | undefined): Promise<never> =>
    new Promise((_resolve, reject) => {
      const end = () => reject(new Error('interrupted'));
      if (signal?.aborted) end();
      else signal?.addEventListener('abort', end);
    });
  const stuck: EventStore = {
    ...store,
    append: (batch, options) => (work === 'append' ? untilAborted(options?.signal) : store.append(batch, options)),
    run: (plan, options) => (work === 'run' ? untilAborted(options.signal) : store.run(plan, options)),
  };
  return async () => stuck;
}

const send = async (name: string): Promise<Upload> =>
  (await server.json<Upload>(`/api/uploads?name=${name}`, { method: 'POST', body: EVENT })).body;

async function reached(id: string, status: string): Promise<void> {
  while ((await server.json<Upload>(`/api/uploads/${id}`)).body.status !== status) {
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

test('cancelled while it is stored, nothing of it stays', async () => {
  server = await startTestServer({ surroundings: { openStore: stuckAt('append') } });
  const { id } = await send('one');
  const waiting = await send('two');
  await reached(id, 'loading');
  const { body } = await server.send<Upload>('POST', `/api/uploads/${id}/cancel`, {});
  expect(body).toMatchObject({ status: 'cancelled', records: 0, events: 0, alertsRaised: null });
  await server.send('POST', `/api/uploads/${waiting.id}/cancel`, {});
  expect((await server.json('/api/status')).body).toMatchObject({ events: 0 });
});

test('once others may have seen its events it cannot be cancelled, and the next process only runs the rules', async () => {
  let appends = 0;
  const stuck = await stuckAt('run')();
  const openStore = async (): Promise<EventStore> => ({
    ...stuck,
    append: (batch, options) => {
      appends += 1;
      return stuck.append(batch, options);
    },
    close: async () => undefined,
  });
  server = await startTestServer({ surroundings: { openStore } });
  const { id } = await send('one');
  await reached(id, 'evaluating');
  for (let process = 0; process < 2; process++) {
    const { status, body } = await server.send<Problem>('POST', `/api/uploads/${id}/cancel`, {});
    expect([status, body.code]).toEqual([409, 'conflict']);
    expect((await server.json('/api/uploads')).body).toMatchObject({ uploads: [{ status: 'evaluating', events: 1 }] });
    if (process === 0) server = await server.restart();
  }
  expect(appends).toBe(1);
  expect((await server.json('/api/status')).body).toMatchObject({ events: 1 });
});

test('one that waits for its turn can be cancelled at once', async () => {
  server = await startTestServer({ surroundings: { openStore: stuckAt('append') } });
  const first = await send('one');
  const second = await send('two');
  await reached(first.id, 'loading');
  const { body } = await server.send<Upload>('POST', `/api/uploads/${second.id}/cancel`, {});
  expect(body.status).toBe('cancelled');
  expect((await server.json('/api/uploads')).body).toMatchObject({ uploads: [{ name: 'two' }, { status: 'loading' }] });
});

test('a server that ends leaves unfinished work to the next', async () => {
  server = await startTestServer({ surroundings: { openStore: stuckAt('append') } });
  const { id } = await send('one');
  await reached(id, 'loading');
  server = await server.restart();
  await reached(id, 'loading');
});

const oversized = { config: { uploadLimit: 1000 } };

test('a file that says it is too large is refused before it is read', async () => {
  server = await startTestServer(oversized);
  const { status, body } = await server.json<Problem>('/api/uploads', { method: 'POST', body: 'x'.repeat(1001) });
  expect([status, body.code]).toEqual([413, 'too-large']);
  expect((await server.json('/api/uploads')).body).toEqual({ uploads: [] });
});

test('one that turns out to be is recorded as failed', async () => {
  server = await startTestServer(oversized);
  const body = new ReadableStream({
    start(controller) {
      for (let part = 0; part < 3; part++) controller.enqueue(new TextEncoder().encode('x'.repeat(500)));
      controller.close();
    },
  });
  const init = { method: 'POST', body, duplex: 'half' } as RequestInit;
  await server.json('/api/uploads', init).catch(() => undefined); // The connection may end before the answer is read.
  const { uploads } = (await server.json<{ uploads: Upload[] }>('/api/uploads')).body;
  const ended = await server.ended(uploads[0]?.id ?? '');
  expect(ended).toMatchObject({ status: 'failed', error: 'A file may have at most 1000 bytes.' });
});

test('a rule that cannot be run is said to have failed, and is no "no alerts"', async () => {
  server = await startTestServer({
    surroundings: {
      openStore: async () => ({
        ...openReferenceStore({ catalogue: ECS_PROCESS }),
        run: async () => ({ columns: [], rows: [], completeness: 'partial', warnings: [] }),
      }),
    },
  });
  const { body } = await server.json<Upload>('/api/uploads', { method: 'POST', body: EVENT });
  const upload = await server.ended(body.id);
  expect(upload.notes).toContainEqual(expect.stringMatching(/could not be evaluated: The store gave a partial answer/));
  const { rules } = (await server.json<{ rules: { lastRun: { status: string } }[] }>('/api/rules')).body;
  expect(rules.map((rule) => rule.lastRun.status)).toEqual(['failed', 'failed']);
});

test('changes are told by server-sent events, as topics only', async () => {
  server = await startTestServer();
  const leaving = new AbortController();
  const stream = await fetch(`${server.url}/api/live`, { signal: leaving.signal });
  expect(stream.headers.get('content-type')).toMatch(/^text\/event-stream/);
  const reader = stream.body?.pipeThrough(new TextDecoderStream()).getReader();
  await server.upload(EVENT);
  let heard = '';
  while (!heard.includes('"alerts"')) heard += (await reader?.read())?.value ?? '';
  leaving.abort();
  const data = [...heard.matchAll(/^data: ?(.+)$/gm)].map((line) => JSON.parse(line[1] ?? ''));
  expect(heard).toMatch(/^event: ?change$/m);
  expect(data.every((message) => Object.keys(message).join() === 'topics')).toBe(true);
  expect(new Set(data.flatMap((message) => message.topics))).toEqual(new Set(['uploads', 'events', 'alerts', 'rules']));
});

test('ending does not wait for who listens', async () => {
  server = await startTestServer();
  const stream = await fetch(`${server.url}/api/live`);
  await server.stopKeeping();
  await expect(stream.text()).resolves.toEqual(expect.any(String));
});
