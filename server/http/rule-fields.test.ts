import { expect, test, vi } from 'vitest';
import type * as z from 'zod';
import type { Surroundings } from '#server/compose/surroundings.ts';
import { openDuckdbStore } from '#server/store/duckdb/open.ts';
import type { FieldReading } from '#shared/api/field-reading.ts';
import { previewRule } from '#shared/api/rule-editing.ts';
import type { getRule } from '#shared/api/rules.ts';
import { startTestServer, type TestServer } from './testing/test-server.ts';

const rule = {
  rule_id: 'r1',
  name: 'Stopped trails',
  description: '',
  severity: 'low',
  risk_score: 1,
  type: 'query',
  language: 'kuery',
  query:
    'event.module:aws and aws.cloudtrail.flattened.request_parameters.name:main* and source.port > 400 and source.ip:10.0.0.0/8',
};

const event = (id: string, port: number): object => ({
  '@timestamp': '2026-11-21T12:00:00Z',
  event: { id, module: 'aws' },
  source: { ip: '10.1.2.3', port },
  aws: { cloudtrail: { flattened: { request_parameters: { name: 'main-trail' } } } },
});

test('a rule reads fields that the store had not, of the records that were there already, as soon as it is imported', async () => {
  const server = await startTestServer();
  try {
    await server.upload(`${JSON.stringify(event('a', 443))}\n${JSON.stringify(event('b', 80))}\n`);
    await server.send('POST', '/api/import', { text: JSON.stringify(rule), rules: [1] });
    await server.send('POST', '/api/replay', {});
    expect(await alertsOf(server)).toBe(1);
    await server.upload(`${JSON.stringify(event('c', 8443))}\n`);
    await server.send('POST', '/api/replay', {});
    expect(await alertsOf(server)).toBe(2);
  } finally {
    await server.stop();
  }
}, 60_000);

test('what an imported rule reads is there after a restart', async () => {
  const first = await startTestServer();
  await first.upload(`${JSON.stringify(event('a', 443))}\n${JSON.stringify(event('b', 80))}\n`);
  await first.send('POST', '/api/import', { text: JSON.stringify(rule), rules: [1] });
  const second = await first.restart();
  try {
    await second.send('POST', '/api/replay', {});
    expect(await alertsOf(second)).toBe(1);
  } finally {
    await second.stop();
  }
}, 60_000);

test('a changed rule reads what it names from now on, and its preview before', async () => {
  const server = await startTestServer();
  try {
    await server.upload(`${JSON.stringify(event('a', 443))}\n${JSON.stringify(event('b', 80))}\n`);
    const simple = { ...rule, query: 'event.module:aws' };
    await server.send('POST', '/api/import', { text: JSON.stringify(simple), rules: [1] });
    const preview = async (query: string) => {
      const asked = { slug: 'stopped-trails', language: 'kuery', changes: { query } };
      const answer = await server.send('POST', '/api/rules/preview', asked);
      return previewRule.response.parse(answer.body);
    };
    const known = await preview('event.module:aws and destination.port > 5 or source.port > 400');
    expect(known.outcome?.eventsMatched).toBe(1);
    const guessed = await preview('aws.cloudtrail.flattened.request_parameters.name:main*');
    expect(guessed.outcome).toBeNull();
    expect(guessed.diagnostics.map(({ message }) => message).join()).toContain('when the rule is saved');
    const changed = await server.send('PUT', '/api/rules/stopped-trails', {
      changes: { query: 'aws.cloudtrail.flattened.request_parameters.name:main* and source.port < 100' },
      why: 'narrower',
      override: 'none was raised yet',
      version: 1,
    });
    expect(changed.status).toBe(200);
    await server.send('POST', '/api/replay', {});
    expect(await alertsOf(server)).toBe(1);
  } finally {
    await server.stop();
  }
}, 60_000);

/** A store that is as long over reading fields as a large one, until it may go on. */
function slowStore() {
  let goOn = (): void => undefined;
  const isLet = new Promise<void>((resolve) => {
    goOn = resolve;
  });
  const openStore: Surroundings['openStore'] = async (path, _config, _log, catalogue) => {
    const store = await openDuckdbStore({ path, catalogue, memoryLimit: '512MB' });
    const addFields: typeof store.addFields = async (wanted, options = {}) => {
      options.onProgress?.(0.5);
      const calledOff = new Promise<never>((_, reject) => {
        const reason = () => reject(options.signal?.reason);
        options.signal?.addEventListener('abort', reason);
      });
      await Promise.race([isLet, calledOff]);
      return store.addFields(wanted, options);
    };
    return Object.create(store, { addFields: { value: addFields } });
  };
  return { openStore, goOn };
}

const SOURCES = `${JSON.stringify(event('a', 443))}\n${JSON.stringify(event('b', 80))}\n`;
const LACKING = ['aws.cloudtrail.flattened.request_parameters.name', 'source.port', 'source.ip'];
const reading = async (server: TestServer) => (await server.json<FieldReading>('/api/field-reading')).body;
const ruleOf = async (server: TestServer) =>
  (await server.json<z.output<typeof getRule.response>>('/api/rules/stopped-trails')).body;

test('a rule that reads what many records have to be read for is there at once, waits, and is effective then', async () => {
  const { openStore, goOn } = slowStore();
  const server = await startTestServer({ surroundings: { openStore } });
  try {
    await server.upload(SOURCES);
    const imported = await server.send('POST', '/api/import', { text: JSON.stringify(rule), rules: [1] });
    expect(imported.status).toBe(200);
    expect(await ruleOf(server)).toMatchObject({ lacking: expect.arrayContaining(LACKING), problem: null });
    expect(await reading(server)).toMatchObject({
      current: { fields: expect.arrayContaining(LACKING), progress: 0.5 },
      waiting: { rules: [{ slug: 'stopped-trails', name: 'Stopped trails' }], changes: [] },
    });
    await server.send('POST', '/api/replay', {});
    expect((await ruleOf(server)).runs[0]).toMatchObject({
      status: 'failed',
      error: expect.stringMatching(/^It waits for/),
    });
    goOn();
    await vi.waitFor(async () => expect((await ruleOf(server)).lacking).toEqual([]), 10_000);
    await vi.waitFor(async () => expect((await reading(server)).current).toBeNull(), 10_000);
    expect(await reading(server)).toMatchObject({
      waiting: { rules: [] },
      last: { status: 'done', without: 0, error: null, waiting: { rules: [{ slug: 'stopped-trails' }] } },
    });
    await server.send('POST', '/api/replay', {});
    expect(await alertsOf(server)).toBe(1);
  } finally {
    await server.stop();
  }
}, 60_000);

test('reading that is cancelled switches the waiting rule off; switched on it begins again, also in the next program', async () => {
  const { openStore, goOn } = slowStore();
  const server = await startTestServer({ surroundings: { openStore } });
  await server.upload(SOURCES);
  await server.send('POST', '/api/import', { text: JSON.stringify(rule), rules: [1] });
  const cancelled = await server.send<FieldReading>('POST', '/api/field-reading/cancel', {});
  expect(cancelled.body).toMatchObject({ current: null, last: { status: 'cancelled' } });
  expect((await ruleOf(server)).rule.enabled).toBe(false);
  expect((await server.send('POST', '/api/field-reading/cancel', {})).status).toBe(409);
  await server.send('PATCH', '/api/rules/stopped-trails', { enabled: true });
  await vi.waitFor(async () => expect((await reading(server)).current).not.toBeNull());
  await server.stopKeeping();
  goOn();
  const next = await server.restart();
  try {
    await vi.waitFor(async () => expect((await ruleOf(next)).lacking).toEqual([]), 10_000);
    await next.send('POST', '/api/replay', {});
    expect(await alertsOf(next)).toBe(1);
  } finally {
    await next.stop();
  }
}, 60_000);

test('a preview says that fields are being read', async () => {
  const { openStore, goOn } = slowStore();
  const server = await startTestServer({ surroundings: { openStore } });
  try {
    await server.upload(SOURCES);
    const asked = { language: 'kuery', changes: { query: 'event.module:aws and source.port > 400' } };
    const preview = async () =>
      previewRule.response.parse((await server.send('POST', '/api/rules/preview', asked)).body);
    expect(await preview()).toMatchObject({ outcome: null, diagnostics: [{ code: 'reading-field' }] });
    goOn();
    await vi.waitFor(async () => expect((await reading(server)).last?.status).toBe('done'), 10_000);
    expect((await preview()).outcome?.eventsMatched).toBe(1);
  } finally {
    await server.stop();
  }
}, 60_000);

test('reading that fails says why, and can be begun again', async () => {
  let isBroken = true;
  const openStore: Surroundings['openStore'] = async (path, _config, _log, catalogue) => {
    const store = await openDuckdbStore({ path, catalogue, memoryLimit: '512MB' });
    const addFields: typeof store.addFields = async (...given) => {
      if (isBroken) throw new Error('the disk is full');
      return store.addFields(...given);
    };
    return Object.create(store, { addFields: { value: addFields } });
  };
  const server = await startTestServer({ surroundings: { openStore } });
  try {
    await server.upload(SOURCES);
    await server.send('POST', '/api/import', { text: JSON.stringify(rule), rules: [1] });
    expect(await reading(server)).toMatchObject({
      current: null,
      last: { status: 'failed', error: 'the disk is full' },
    });
    isBroken = false;
    const again = await server.send<FieldReading>('POST', '/api/field-reading', {});
    expect(again.body.last?.status).toBe('done');
    expect((await ruleOf(server)).lacking).toEqual([]);
  } finally {
    await server.stop();
  }
}, 60_000);

async function alertsOf(server: TestServer): Promise<number> {
  const { body } = await server.json<z.output<typeof getRule.response>>('/api/rules/stopped-trails');
  return body.alerts.all;
}
