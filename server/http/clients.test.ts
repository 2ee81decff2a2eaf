import { Client as ElasticClient } from '@elastic/elasticsearch';
import { Client as OpenSearchClient } from '@opensearch-project/opensearch';
import { afterEach, expect, test } from 'vitest';
import { makeKey, processEvent, storedIds, type TestKey } from './testing/senders.ts';
import { startTestServer, type TestServer } from './testing/test-server.ts';

const EVENTS = 6000;
/** Of a few requests: the clients are refused again and again. */
const SMALL_SPOOL = 400_000;

let server: TestServer | undefined;
afterEach(async () => {
  await server?.stop();
  server = undefined;
});

const idOf = (number: number): string => `event-${number}`;
const events = Array.from({ length: EVENTS }, (_, number) => processEvent(idOf(number), number));
const expected = events.map((_, number) => idOf(number)).sort();

/** Where there is little room, clients are refused at once: this is about what they make of it. */
async function opened(spoolLimit?: number): Promise<{ server: TestServer; key: TestKey }> {
  server = await startTestServer(
    spoolLimit === undefined ? {} : { config: { spoolLimit }, surroundings: { patience: 0 } },
  );
  return { server, key: await makeKey(server) };
}

/** How often this client was refused. */
async function refusals(of: TestServer, client: string): Promise<number> {
  const { body } = await of.json<{ refused: { client: string; reason: string; requests: number }[] }>('/api/sources');
  const found = body.refused.find((one) => one.client.startsWith(client) && one.reason === 'busy');
  return found?.requests ?? 0;
}

const helperOptions = (dropped: unknown[]) => ({
  flushBytes: 100_000,
  concurrency: 4,
  retries: 100,
  wait: 100,
  onDrop: (document: unknown) => {
    dropped.push(document);
  },
});

test('helpers.bulk of @elastic/elasticsearch brings everything through back-pressure, once', async () => {
  const { server, key } = await opened(SMALL_SPOOL);
  const client = new ElasticClient({ node: server.url, auth: { apiKey: key.encoded }, compression: true });
  const dropped: unknown[] = [];
  const result = await client.helpers.bulk({
    ...helperOptions(dropped),
    datasource: events,
    onDocument: (event) => ({ create: { _index: 'logs-js', _id: event.event.id } }),
  });
  await client.close();
  expect([result.total, result.failed, dropped]).toEqual([EVENTS, 0, []]);
  expect(await refusals(server, 'elasticsearch-js')).toBeGreaterThan(0);
  expect((await storedIds(server)).sort()).toEqual(expected);
});

test('the client of OpenSearch brings everything through back-pressure, once', async () => {
  const { server, key } = await opened(SMALL_SPOOL);
  const client = new OpenSearchClient({ node: server.url, auth: { username: 'ingest', password: key.secret } });
  const dropped: unknown[] = [];
  const result = await client.helpers.bulk({
    ...helperOptions(dropped),
    datasource: events,
    onDocument: () => ({ index: { _index: 'logs-os' } }),
  });
  await client.close();
  expect([result.total, result.failed, dropped]).toEqual([EVENTS, 0, []]);
  expect((await storedIds(server)).sort()).toEqual(expected);
});

test('a restart in mid-stream costs nothing and doubles nothing', async () => {
  const first = await opened();
  const port = Number(new URL(first.server.url).port);
  const client = new ElasticClient({
    node: first.server.url,
    auth: { apiKey: first.key.encoded },
    maxRetries: 30,
  });
  let restarted: Promise<TestServer> | undefined;
  async function* paced() {
    for (const [number, event] of events.entries()) {
      if (number === EVENTS / 2) restarted = first.server.restart({ port });
      if (number % 500 === 0) await new Promise((resolve) => setTimeout(resolve, 50));
      yield event;
    }
  }
  const dropped: unknown[] = [];
  // A bulk whose answer was lost is sent again: its documents then are known, and are told to onDrop as such.
  await client.helpers.bulk({
    ...helperOptions(dropped),
    datasource: paced(),
    onDocument: (event) => ({ create: { _index: 'logs-js', _id: event.event.id } }),
  });
  await client.close();
  server = await restarted;
  if (!server) throw new Error('not restarted');
  expect(dropped.every((one) => (one as { status: number }).status === 409)).toBe(true);
  expect((await storedIds(server)).sort()).toEqual(expected);
});
