import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { bulkBody, makeKey, processEvent, settled, storedIds, type TestKey, webShell } from './testing/senders.ts';
import { startTestServer, type TestServer } from './testing/test-server.ts';

let server: TestServer;
let key: TestKey;
beforeAll(async () => {
  server = await startTestServer();
  key = await makeKey(server);
});
afterAll(() => server.stop());

interface BulkReply {
  readonly errors: boolean;
  readonly items: Record<string, { status: number; error?: { type: string; reason: string } }>[];
  readonly error?: { type: string; reason: string };
}

async function bulk(
  body: string | Buffer,
  { path = '/logs-endpoint/_bulk', headers = {} }: { path?: string; headers?: Record<string, string> } = {},
): Promise<{ response: Response; reply: BulkReply }> {
  const response = await fetch(`${server.url}${path}`, {
    method: 'POST',
    body: typeof body === 'string' ? body : new Uint8Array(body),
    headers: {
      authorization: `ApiKey ${key.encoded}`,
      'content-type': 'application/x-ndjson',
      'user-agent': 'test/1.0',
      ...headers,
    },
  });
  return { response, reply: (await response.json()) as BulkReply };
}
const statuses = (reply: BulkReply): number[] => reply.items.map((item) => Object.values(item)[0]?.status ?? 0);

test('what is sent is stored, named events once, bad ones are told and kept aside', async () => {
  const first = { create: { _index: 'logs-a', _id: 'b1' } };
  const body = `${bulkBody([processEvent('b1')], first)}${bulkBody([processEvent('b2')])}{"index":{}}\nno json\n{"delete":{"_id":"x"}}\n`;
  const { response, reply } = await bulk(body);
  expect(response.headers.get('x-elastic-product')).toBe('Elasticsearch');
  expect([response.status, reply.errors, statuses(reply)]).toEqual([200, true, [201, 201, 400, 400]]);
  expect((await storedIds(server)).sort()).toEqual(['b1', 'b2']);
  const again = await bulk(bulkBody([processEvent('b1')], first), { path: '/_bulk' });
  expect(statuses(again.reply)).toEqual([409]);
  expect(await storedIds(server)).toHaveLength(2);
  const { body: sources } = await server.json<{ sources: Record<string, unknown>[] }>('/api/sources');
  const byName = new Map(sources.sources.map((source) => [source['name'], source]));
  expect(byName.get('logs-a')).toMatchObject({ records: 2, events: 1, duplicates: 1, rejected: 0, client: 'test/1.0' });
  expect(byName.get('logs-endpoint')).toMatchObject({ records: 3, events: 1, rejected: 2, key: { name: 'test' } });
  const id = String(byName.get('logs-endpoint')?.['id']);
  const { body: rejects } = await server.json<{ rejects: { reason: string; text: string }[]; days: { day: string }[] }>(
    `/api/sources/${id}/rejects`,
  );
  expect(rejects.rejects.map(({ text }) => text)).toEqual(['no json', '']);
  const file = await fetch(`${server.url}/api/sources/${id}/rejects.ndjson?day=${rejects.days[0]?.day}`);
  expect((await file.text()).trim().split('\n')).toHaveLength(2);
  expect(file.headers.get('content-disposition')).toContain('attachment');
});

test('a sender that repeats until something is taken is told that all is', async () => {
  const headers = { 'user-agent': 'Fluent-Bit' };
  const body = `${bulkBody([processEvent('b1')], { create: { _id: 'b1' } })}{"create":{}}\n{bad\n`;
  const { reply } = await bulk(body, { headers });
  expect([reply.errors, statuses(reply)]).toEqual([false, [200, 201]]);
});

test('gzip, vendor types and filter_path', async () => {
  const { response, reply } = await bulk(gzipSync(bulkBody([processEvent('z1')])), {
    path: '/logs/_bulk?filter_path=errors,items.*.error,items.*.status&pipeline=none',
    headers: {
      'content-encoding': 'gzip',
      'content-type': 'application/vnd.elasticsearch+x-ndjson; compatible-with=8',
      accept: 'application/vnd.elasticsearch+json; compatible-with=8',
    },
  });
  expect(response.headers.get('content-type')).toBe('application/vnd.elasticsearch+json;compatible-with=8');
  expect(reply).toEqual({ errors: false, items: [{ create: { status: 201 } }] });
  expect((await bulk('nonsense', { headers: { 'content-encoding': 'gzip' } })).response.status).toBe(400);
  expect((await bulk('x', { headers: { 'content-encoding': 'br' } })).response.status).toBe(415);
});

test('a body that inflates beyond all bounds is refused whole', async () => {
  const bomb = gzipSync(Buffer.alloc(120 * 1024 * 1024, 'a'));
  const { response, reply } = await bulk(bomb, { headers: { 'content-encoding': 'gzip' } });
  expect([response.status, reply.error?.type]).toEqual([413, 'content_too_long_exception']);
});

test('a request with a bad action is refused whole', async () => {
  const { response, reply } = await bulk(`${bulkBody([processEvent('never')])}{"drop":{}}\n{}\n`);
  expect([response.status, reply.error?.reason]).toEqual([400, expect.stringContaining('line [3]')]);
  expect(await storedIds(server)).not.toContain('never');
});

test.each([
  ['GET', '/', 200],
  ['HEAD', '/', 200],
  ['GET', '/_license', 200],
  ['GET', '/_cluster/health', 200],
  ['GET', '/_cat/health', 200],
  ['PUT', '/_index_template/logs', 200],
  ['GET', '/_ilm/policy/x', 200],
  ['HEAD', '/_index_template/logs', 200],
  ['PUT', '/_ingest/pipeline/x', 200],
  ['GET', '/_cluster/other', 404],
  // opensearch-go, when it has been refused.
  ['GET', '/_nodes/_local/stats/jvm,breaker,thread_pool', 404],
  ['HEAD', '/logs-endpoint', 200],
  ['PUT', '/logs-endpoint', 200],
])('%s %s is answered %i, to who has a key', async (method, path, status) => {
  const asked = { method, headers: { authorization: `Bearer ${key.secret}` } };
  const response = await fetch(`${server.url}${path}`, asked);
  expect([response.status, response.headers.get('x-elastic-product')]).toEqual([status, 'Elasticsearch']);
  if (!path.startsWith('/_')) return;
  expect((await fetch(`${server.url}${path}`, { method })).status).toBe(status === 404 ? 404 : 401);
});

test.each(['/_nodes/http', '/_nodes/_all/http?timeout=1s'])('%s names this server and no other', async (path) => {
  const response = await fetch(`${server.url}${path}`, { headers: { authorization: `ApiKey ${key.encoded}` } });
  const { nodes } = (await response.json()) as { nodes: Record<string, { http: { publish_address: string } }> };
  expect(Object.values(nodes).map(({ http }) => `http://${http.publish_address}`)).toEqual([server.url]);
});

test('documents are taken as the client for Python sends them', async () => {
  const response = await fetch(`${server.url}/_bulk`, {
    method: 'PUT',
    body: bulkBody([processEvent('py1')], { create: { _index: 'logs-python', _id: 'py1' } }),
    headers: {
      authorization: `ApiKey ${key.encoded}`,
      'user-agent': 'elasticsearch-py/9.5.1 (Python/3.11.7; elastic-transport/9.4.2)',
      accept: 'application/vnd.elasticsearch+json; compatible-with=9',
      'content-type': 'application/vnd.elasticsearch+x-ndjson; compatible-with=9',
      'x-elastic-client-meta': 'es=9.5.1,py=3.11.7,t=9.4.2,ur=2.5.0,h=bp',
    },
  });
  expect(response.headers.get('content-type')).toBe('application/vnd.elasticsearch+json;compatible-with=9');
  expect(statuses((await response.json()) as BulkReply)).toEqual([201]);
});

test('who has no key gets the page at the same address, and nothing else', async () => {
  const page = await fetch(server.url, { headers: { accept: 'text/html', authorization: `ApiKey ${key.encoded}` } });
  expect(page.headers.get('x-elastic-product')).toBeNull();
  const none = await fetch(`${server.url}/_bulk`, { method: 'POST', body: bulkBody([processEvent('n')]) });
  expect([none.status, await none.json()]).toEqual([
    401,
    expect.objectContaining({
      error: expect.objectContaining({ reason: 'A key for sending events is needed.' }) as object,
    }),
  ]);
  const foreign = await fetch(`${server.url}/_bulk`, { method: 'POST', headers: { origin: 'https://example.org' } });
  expect(foreign.status).toBe(403);
});

test('a revoked key opens nothing, and guessing is slowed down without locking out who has a key', async () => {
  const other = await makeKey(server, 'other');
  const ask = (secret: string) => fetch(`${server.url}/_license`, { headers: { authorization: `Bearer ${secret}` } });
  expect((await ask(other.secret)).status).toBe(200);
  await server.send('POST', `/api/ingest-keys/${other.key.id}/revoke`, {});
  expect((await ask(other.secret)).status).toBe(401);
  for (let guess = 0; guess < 25; guess++) await ask(`guess${guess}`);
  expect((await ask('another')).status).toBe(429);
  expect((await ask(key.secret)).status).toBe(200);
});

test('the time of arrival is the server’s, and a new term is an alert at once', async () => {
  const now = Date.now();
  const shell = webShell('shell-1', 'file', (now - Date.parse('2026-11-21T10:00:00Z')) / 1000);
  await bulk(bulkBody([{ ...shell, event: { ...shell.event, ingested: '2000-01-01T00:00:00Z' } }]));
  await settled(server);
  const { body } = await server.json<{ alerts: { commandLine: string }[] }>('/api/alerts');
  expect(body.alerts.map(({ commandLine }) => commandLine)).toEqual(['file -a']);
});
