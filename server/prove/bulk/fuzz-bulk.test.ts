import { connect } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { makeKey, settled } from '#server/http/testing/senders.ts';
import { startTestServer, type TestServer } from '#server/http/testing/test-server.ts';
import { fuzzBulk } from './fuzz-bulk.ts';

let server: TestServer;
let authorization: string;
beforeEach(async () => {
  server = await startTestServer();
  authorization = `Bearer ${(await makeKey(server)).secret}`;
});
afterEach(() => server.stop());

interface Counts {
  readonly trouble: string | null;
  readonly sources: readonly Record<'records' | 'events' | 'duplicates' | 'rejected' | 'skipped', number>[];
}

test('whatever is sent, every line that was taken is stored, known already, or kept aside', {
  timeout: 120_000,
}, async () => {
  const fuzzed = await fuzzBulk({ url: server.url, authorization, requests: 200, seed: 11 });
  expect(fuzzed.broken).toEqual([]);
  expect(fuzzed.taken).toBeGreaterThan(1500);
  expect(fuzzed.statuses.get(400)).toBeGreaterThan(10);
  await settled(server);
  const { body } = await server.json<Counts>('/api/sources');
  expect(body.trouble).toBeNull();
  const sum = (member: keyof Counts['sources'][number]): number =>
    body.sources.reduce((total, source) => total + source[member], 0);
  expect(sum('records')).toBe(fuzzed.taken);
});

test('a sender that is slow keeps nobody waiting', async () => {
  const slow = connect(Number(new URL(server.url).port), '127.0.0.1');
  const head = `POST /_bulk HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: ${authorization}\r\nContent-Length: 1000\r\n\r\n`;
  await new Promise((resolve) => slow.write(`${head}{"cre`, resolve));
  const { broken, taken } = await fuzzBulk({ url: server.url, authorization, requests: 3, seed: 5 });
  expect([broken, taken > 0]).toEqual([[], true]);
  slow.destroy();
});
