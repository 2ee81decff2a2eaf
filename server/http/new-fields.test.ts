import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import type * as z from 'zod';
import type { Surroundings } from '#server/compose/surroundings.ts';
import { openDuckdbStore } from '#server/store/duckdb/open.ts';
import type { FieldReading } from '#shared/api/field-reading.ts';
import type { getRule } from '#shared/api/rules.ts';
import { ECS_PROCESS } from '#shared/event/ecs.ts';
import { catalogueOf } from '#shared/event/field.ts';
import { processEvent } from './testing/senders.ts';
import { startTestServer, type TestServer } from './testing/test-server.ts';

const NEW = 'container.image.name';
const RULE = {
  ...{ rule_id: 'r1', name: 'Odd image', description: '', severity: 'low', risk_score: 1 },
  ...{ type: 'query', language: 'kuery', query: `${NEW}:odd` },
};

/** Reads fields of stored records only once it may. */
function heldStore() {
  let letGo = (): void => undefined;
  const isLet = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  const openStore: Surroundings['openStore'] = async (path, _config, _log, catalogue) => {
    const store = await openDuckdbStore({ path, catalogue, memoryLimit: '512MB' });
    const addFields: typeof store.addFields = async (...given) => {
      await isLet;
      return store.addFields(...given);
    };
    return Object.create(store, { addFields: { value: addFields } });
  };
  return { openStore, letGo };
}

/** Puts a store in place as a program leaves it that does not know the field yet. */
async function writeOlderStore(folder: string): Promise<void> {
  const path = join(folder, 'events.duckdb');
  await rm(path);
  const known = ECS_PROCESS.fields.filter(({ name }) => name !== NEW);
  const store = await openDuckdbStore({ path, catalogue: catalogueOf(known) });
  const file = join(folder, 'records');
  const records = ['odd', 'usual'].map((name, index) =>
    JSON.stringify(processEvent(`e${index}`, index, { container: { image: { name } } })),
  );
  await writeFile(file, records.join('\n'));
  await store.append({ id: 1, path: file });
  await store.close();
}

test('fields that are new in the program are read while it answers; a rule that reads one waits for it', async () => {
  const { openStore, letGo } = heldStore();
  const first = await startTestServer({ surroundings: { openStore } });
  await first.send('POST', '/api/import', { text: JSON.stringify(RULE), rules: [1] });
  await first.stopKeeping();
  await writeOlderStore(first.dataFolder);
  const server = await first.restart();
  try {
    const reading = async () => (await server.json<FieldReading>('/api/field-reading')).body;
    expect(await reading()).toMatchObject({
      current: { fields: [NEW] },
      waiting: { rules: [{ slug: 'odd-image' }], changes: [] },
    });
    for (const path of ['status', 'events', 'search', 'alerts', 'rules', 'rarity', 'fields', 'sources']) {
      expect({ path, status: (await server.json(`/api/${path}`)).status }).toEqual({ path, status: 200 });
    }
    await server.send('POST', '/api/replay', {});
    const waiting = await ruleOf(server);
    expect(waiting).toMatchObject({ lacking: [NEW], problem: null, alerts: { all: 0 } });
    expect(waiting.runs[0]).toMatchObject({ status: 'failed', error: expect.stringMatching(/^It waits for/) });
    letGo();
    await vi.waitFor(async () => expect((await reading()).last?.status).toBe('done'), 10_000);
    await server.send('POST', '/api/replay', {});
    expect(await ruleOf(server)).toMatchObject({ lacking: [], alerts: { all: 1 } });
  } finally {
    letGo();
    await server.stop();
  }
}, 60_000);

const ruleOf = async (server: TestServer) =>
  (await server.json<z.output<typeof getRule.response>>('/api/rules/odd-image')).body;
