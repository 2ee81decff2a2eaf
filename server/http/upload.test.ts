import { readFile } from 'node:fs/promises';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Problem } from '#shared/api/endpoint.ts';
import type { Upload } from '#shared/api/uploads.ts';
import { RECORDED, startTestServer, type TestServer } from './testing/test-server.ts';

let server: TestServer;
beforeEach(async () => {
  server = await startTestServer();
});
afterEach(() => server.stop());

const recorded = (): Promise<Buffer> => readFile(RECORDED);
const eventCount = async (): Promise<number> => (await server.json<{ events: number }>('/api/status')).body.events;
const event = (id: string): string => JSON.stringify({ '@timestamp': '2026-11-21T10:00:00Z', event: { id } });

test('a file is stored, evaluated and reported', async () => {
  const upload = await server.upload(await recorded(), '../spool/recorded.ndjson');
  expect(upload).toMatchObject({
    name: 'recorded.ndjson',
    status: 'done',
    records: 213,
    events: 213,
    rejected: 0,
    duplicates: 0,
    error: null,
    sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
  });
  expect(upload.alertsRaised).toBeGreaterThan(0);
  expect(await eventCount()).toBe(213);
});

test('gzip is recognised by content, and a repeated file adds nothing', async () => {
  const plain = await server.upload(await recorded());
  const zipped = await server.upload(gzipSync(await recorded()), 'again.ndjson');
  expect(zipped).toMatchObject({ status: 'done', events: 0, duplicates: 213, alertsRaised: 0 });
  expect(zipped.sha256).not.toBe(plain.sha256);
  expect(await eventCount()).toBe(213);
});

test('bad lines are counted, listed with their number and reason, and downloaded whole', async () => {
  const upload = await server.upload([event('a'), '{"broken":', event('b'), '{"no": "time"}'].join('\n'));
  expect(upload).toMatchObject({ status: 'done', records: 4, events: 2, rejected: 2 });
  const { body } = await server.json(`/api/uploads/${upload.id}/rejects?limit=1`);
  expect(body).toEqual({ total: 2, rejects: [{ line: 2, reason: expect.any(String), text: '{"broken":' }] });
  const file = await fetch(`${server.url}/api/uploads/${upload.id}/rejects.ndjson`);
  expect(file.headers.get('content-disposition')).toBe('attachment; filename=events.ndjson.rejects.ndjson');
  expect(file.headers.get('x-content-type-options')).toBe('nosniff');
  const lines = (await file.text())
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(lines.map((reject) => reject.line)).toEqual([2, 4]);
});

test('a file without rejects has none to download', async () => {
  const upload = await server.upload(event('a'));
  expect((await server.json(`/api/uploads/${upload.id}/rejects`)).body).toEqual({ total: 0, rejects: [] });
  expect((await server.json(`/api/uploads/${upload.id}/rejects.ndjson`)).status).toBe(404);
});

/** A body that stands still after its first record until it is told to end. */
function hanging(): { body: ReadableStream; end: () => void } {
  let end = (): void => undefined;
  const body = new ReadableStream({
    start(controller) {
      controller.enqueue(new TextEncoder().encode(`${event('a')}\n`));
      end = () => controller.close();
    },
  });
  return { body, end: () => end() };
}

const streamed = (body: ReadableStream, signal?: AbortSignal): RequestInit =>
  ({ method: 'POST', body, duplex: 'half', ...(signal && { signal }) }) as RequestInit;

async function receiving(): Promise<Upload> {
  for (;;) {
    const { body } = await server.json<{ uploads: Upload[] }>('/api/uploads');
    const found = body.uploads.find((upload) => upload.status === 'receiving' && upload.bytesReceived > 0);
    if (found) return found;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

test('cancelled while it is received, nothing of it stays', async () => {
  const { body, end } = hanging();
  const answer = fetch(`${server.url}/api/uploads?name=slow`, streamed(body)).then(
    (response) => response.status,
    () => 'cut off',
  );
  const { id } = await receiving();
  const { status, body: cancelled } = await server.send<Upload>('POST', `/api/uploads/${id}/cancel`, {});
  expect([status, cancelled.status]).toEqual([200, 'cancelled']);
  end();
  expect(await answer).not.toBe(202);
  expect(await eventCount()).toBe(0);
});

test('a sender that goes away has cancelled', async () => {
  const leaving = new AbortController();
  const { body } = hanging();
  const answer = fetch(`${server.url}/api/uploads?name=gone`, streamed(body, leaving.signal)).catch(() => undefined);
  const { id } = await receiving();
  leaving.abort();
  await answer;
  expect(await server.ended(id)).toMatchObject({ status: 'cancelled', events: 0 });
});

test('what has ended cannot be cancelled', async () => {
  const { id } = await server.upload(event('a'));
  const { status, body } = await server.send<Problem>('POST', `/api/uploads/${id}/cancel`, {});
  expect([status, body.code]).toEqual([409, 'conflict']);
  expect(await eventCount()).toBe(1);
});

test('a cut gzip file fails as a whole, with the reason', async () => {
  const whole = gzipSync(await recorded());
  const upload = await server.upload(whole.subarray(0, whole.length / 2));
  expect(upload.status).toBe('failed');
  expect(upload.error).toEqual(expect.any(String));
  expect(await eventCount()).toBe(0);
});

test('samples load like files', async () => {
  const { status, body } = await server.send<Upload>('POST', '/api/samples/recorded-nginx-php-fpm', {});
  expect(status).toBe(200);
  expect(await server.ended(body.id)).toMatchObject({ status: 'done', events: 213 });
  expect((await server.send('POST', '/api/samples/none', {})).status).toBe(404);
  const { body: known } = await server.json<{ samples: { id: string; loaded: boolean }[] }>('/api/status');
  expect(known.samples).toContainEqual(expect.objectContaining({ id: 'recorded-nginx-php-fpm', loaded: true }));
});
