import { afterEach, beforeEach, expect, test } from 'vitest';
import { openDuckdbStore } from '#server/store/duckdb/open.ts';
import type { EventStore } from '#server/store/event-store.ts';
import { bulkBody, makeKey, processEvent, settled } from '../testing/senders.ts';
import { startTestServer, type TestServer } from '../testing/test-server.ts';

let server: TestServer;
let reason = 'first';
beforeEach(async () => {
  server = await startTestServer({
    surroundings: {
      openStore: async (path, _config, _log, catalogue): Promise<EventStore> => {
        const store = await openDuckdbStore({ path, catalogue, memoryLimit: '512MB' });
        const isOfRule = (plan: unknown): boolean => JSON.stringify(plan).includes('new-terms');
        return {
          ...store,
          run: (plan, options) =>
            isOfRule(plan) ? Promise.reject(new Error(`broken: ${reason}`)) : store.run(plan, options),
        };
      },
    },
  });
});
afterEach(() => server.stop());

test('a rule that cannot be run logs one failed run for each reason, not one for each batch', async () => {
  const headers = { authorization: `Bearer ${(await makeKey(server)).secret}` };
  const send = async (id: string): Promise<void> => {
    await fetch(`${server.url}/logs/_bulk`, { method: 'POST', headers, body: bulkBody([processEvent(id)]) });
    await settled(server);
  };
  for (const id of ['a', 'b', 'c']) await send(id);
  reason = 'second';
  for (const id of ['d', 'e']) await send(id);
  const { body } = await server.json<{ rules: { slug: string }[] }>('/api/rules');
  const errors = await Promise.all(
    body.rules.map(async ({ slug }) => {
      const { body: rule } = await server.json<{ runs: { error: string | null }[] }>(`/api/rules/${slug}`);
      return rule.runs.map((run) => run.error);
    }),
  );
  expect(errors.filter((one) => one.length > 0)).toEqual([['broken: second', 'broken: first']]);
});
