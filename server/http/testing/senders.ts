import type { TestServer } from './test-server.ts';

/** A key as the console makes it, in the forms that clients take. */
export interface TestKey {
  readonly key: { readonly id: string };
  readonly secret: string;
  readonly pair: string;
  readonly encoded: string;
}

export async function makeKey(server: TestServer, name = 'test'): Promise<TestKey> {
  const { status, body } = await server.send<TestKey>('POST', '/api/ingest-keys', { name });
  if (status !== 200) throw new Error(`No key was made: ${status}`);
  return body;
}

const BASE = Date.parse('2026-11-21T10:00:00Z');

/** Process events with these ids, that no rule matches. */
export const processEvent = (id: string, second = 0, more: object = {}) => ({
  '@timestamp': new Date(BASE + second * 1000).toISOString(),
  event: { id, kind: 'event', category: ['process'], type: ['start'], action: 'exec' },
  host: { id: 'h1', name: 'web1', os: { type: 'linux' } },
  process: { name: 'ls', executable: '/bin/ls', command_line: `ls ${id}`, parent: { name: 'bash' } },
  ...more,
});

/** An event that rule 2 takes for a new term: php-fpm starts this. */
export const webShell = (id: string, name: string, second = 0) =>
  processEvent(id, second, {
    agent: { id: 'a1', type: 'endpoint' },
    process: {
      name,
      executable: `/usr/bin/${name}`,
      command_line: `${name} -a`,
      args: [name, '-a'],
      working_directory: '/var/www/html',
      parent: { name: 'php-fpm8.2', executable: '/usr/sbin/php-fpm8.2', command_line: 'php-fpm: pool www' },
    },
    user: { id: '33', name: 'www-data' },
  });

/** The body of a bulk request that creates these documents. */
export const bulkBody = (documents: readonly object[], action: object = { create: {} }): string =>
  documents.map((document) => `${JSON.stringify(action)}\n${JSON.stringify(document)}\n`).join('');

/** Ids of all stored events that have one; waits until nothing is on its way any more. */
export async function storedIds(server: TestServer): Promise<string[]> {
  await settled(server);
  const ids: string[] = [];
  for (;;) {
    const { body } = await server.json<{ events: { id: string }[] }>(`/api/events?limit=1000&offset=${ids.length}`);
    ids.push(...body.events.map(({ id }) => id));
    if (body.events.length < 1000) return ids;
  }
}

/** Waits until everything that was acknowledged is in the store. */
export async function settled(server: TestServer): Promise<void> {
  for (;;) {
    const { body } = await server.json<{ waitingBytes: number }>('/api/sources');
    if (body.waitingBytes === 0) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
