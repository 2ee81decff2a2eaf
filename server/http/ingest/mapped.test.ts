import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { bulkBody, makeKey, settled } from '../testing/senders.ts';
import { startTestServer, type TestServer } from '../testing/test-server.ts';

const LAUREL = join(import.meta.dirname, '../../demo/samples/recorded-nginx-php-fpm.laurel.jsonl');

let server: TestServer;
let headers: Record<string, string>;
beforeEach(async () => {
  server = await startTestServer();
  headers = { authorization: `Bearer ${(await makeKey(server)).secret}` };
});
afterEach(() => server.stop());

interface Found {
  readonly total: number;
  readonly events: readonly { readonly parentName: string | null }[];
}

async function children(): Promise<Found> {
  await settled(server);
  const kql = encodeURIComponent('process.parent.name: php-fpm*');
  return (await server.json<Found>(`/api/events?kql=${kql}`)).body;
}

test('foreign lines are mapped as they come, plain or carried in a message', async () => {
  const lines = (await readFile(LAUREL, 'utf8')).trimEnd().split('\n');
  const body = lines.map((line) => `{"create":{}}\n${line}\n`).join('');
  await fetch(`${server.url}/laurel/_bulk`, { method: 'POST', headers, body });
  const plain = await children();
  expect(plain.total).toBeGreaterThan(0);
  // The same records, as Filebeat carries lines that it does not understand: known by their ids, hence stored once.
  const carried = lines.map((message) => ({
    '@timestamp': '2026-11-21T10:00:00Z',
    message,
    agent: { type: 'filebeat' },
  }));
  await fetch(`${server.url}/filebeat/_bulk`, { method: 'POST', headers, body: bulkBody(carried) });
  expect((await children()).total).toBe(plain.total);
  const { body: listed } = await server.json<{ sources: { name: string; duplicates: number; events: number }[] }>(
    '/api/sources',
  );
  const filebeat = listed.sources.find(({ name }) => name === 'filebeat');
  expect(filebeat).toMatchObject({ events: 0 });
  expect(filebeat?.duplicates).toBeGreaterThan(0);
});
