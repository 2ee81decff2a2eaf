import { expect, test, vi } from 'vitest';
import type * as z from 'zod';
import type { Surroundings } from '#server/compose/surroundings.ts';
import { openDuckdbStore } from '#server/store/duckdb/open.ts';
import type { FieldReading } from '#shared/api/field-reading.ts';
import type { ruleVersions } from '#shared/api/rule-editing.ts';
import type { getRule, listRules } from '#shared/api/rules.ts';
import { startTestServer, type TestServer } from './testing/test-server.ts';

const SLUG = 'stopped-trails';
const PATH = `/api/rules/${SLUG}`;
const RULE = {
  ...{ rule_id: 'r1', name: 'Stopped trails', description: '', severity: 'low', risk_score: 1 },
  ...{ type: 'query', language: 'kuery', query: 'event.module:aws' },
};
const QUERY = 'event.module:aws and source.port > 400';

const event = (id: string, port: number): string =>
  JSON.stringify({ '@timestamp': '2026-11-21T12:00:00Z', event: { id, module: 'aws' }, source: { port } });
const SOURCES = `${event('a', 443)}\n${event('b', 80)}\n`;

/** What reading fields comes to: goes on until it is called off, is done, fails, or is done and then the program falls over. */
type Course = 'goes on' | 'done' | 'fails' | 'falls over';

function storeThat(start: Course) {
  let course = start;
  let turned = (): void => undefined;
  const openStore: Surroundings['openStore'] = async (path, _config, _log, catalogue) => {
    const store = await openDuckdbStore({ path, catalogue, memoryLimit: '512MB' });
    const addFields: typeof store.addFields = async (wanted, options = {}) => {
      options.onProgress?.(0.5);
      while (course === 'goes on') {
        await new Promise<void>((resolve, reject) => {
          turned = resolve;
          options.signal?.addEventListener('abort', () => reject(options.signal?.reason));
        });
      }
      if (course === 'fails') throw new Error('the disk is full');
      const without = await store.addFields(wanted, options);
      if (course === 'falls over') throw new Error('fallen over');
      return without;
    };
    return Object.create(store, { addFields: { value: addFields } });
  };
  const turn = (next: Course): void => {
    course = next;
    turned();
  };
  return { openStore, turn };
}

type Detail = z.output<typeof getRule.response>;
const ruleOf = async (server: TestServer) => (await server.json<Detail>(PATH)).body;
const reading = async (server: TestServer) => (await server.json<FieldReading>('/api/field-reading')).body;
const change = (server: TestServer, more: object = {}) =>
  server.send<{ waitsFor: readonly string[] }>('PUT', PATH, {
    ...{ changes: { query: QUERY }, version: 1, why: 'fewer ports', override: '' },
    ...more,
  });

/** A server with events and a rule, and a store that takes its time. */
async function started(start: Course = 'goes on') {
  const { openStore, turn } = storeThat(start);
  const server = await startTestServer({ surroundings: { openStore } });
  await server.upload(SOURCES);
  await server.send('POST', '/api/import', { text: JSON.stringify(RULE), rules: [1] });
  return { server, turn };
}

const isSaved = (server: TestServer) =>
  vi.waitFor(async () => {
    const { rule, version, waiting } = await ruleOf(server);
    expect({ query: rule.query, version, waiting }).toEqual({ query: QUERY, version: 2, waiting: null });
  }, 10_000);

test('a change whose fields have to be read is kept, and saved in the name of who made it', async () => {
  const { server, turn } = await started();
  try {
    expect(await change(server)).toMatchObject({ status: 200, body: { waitsFor: ['source.port'] } });
    expect(await ruleOf(server)).toMatchObject({
      rule: { query: 'event.module:aws' },
      version: 1,
      waiting: { actor: 'anna', why: 'fewer ports', changes: { query: QUERY }, problem: null },
    });
    const { rules } = (await server.json<z.output<typeof listRules.response>>('/api/rules')).body;
    expect(rules.filter((one) => one.change === 'waiting').map(({ slug }) => slug)).toEqual([SLUG]);
    expect(await reading(server)).toMatchObject({
      current: { fields: ['source.port'], progress: 0.5 },
      waiting: { rules: [], changes: [{ slug: SLUG, name: 'Stopped trails', actor: 'anna' }] },
    });
    turn('done');
    await isSaved(server);
    const { versions } = (await server.json<z.output<typeof ruleVersions.response>>(`${PATH}/versions`)).body;
    expect(versions[0]).toMatchObject({ version: 2, actor: 'anna', why: 'fewer ports', changes: { query: QUERY } });
    await vi.waitFor(async () => expect((await reading(server)).current).toBeNull(), 10_000);
    expect(await reading(server)).toMatchObject({
      waiting: { changes: [] },
      last: { status: 'done', waiting: { changes: [{ slug: SLUG }] } },
    });
  } finally {
    await server.stop();
  }
}, 60_000);

test('it waits on through a restart', async () => {
  const { server, turn } = await started();
  await change(server);
  await server.stopKeeping();
  turn('done');
  const next = await server.restart({ actor: 'ben' });
  try {
    await isSaved(next);
    expect((await ruleOf(next)).custom?.updatedBy).toBe('anna');
  } finally {
    await next.stop();
  }
}, 60_000);

test('where a process ends between the reading and the saving, the next one saves', async () => {
  const { server, turn } = await started();
  await change(server);
  turn('falls over');
  await vi.waitFor(async () => expect((await reading(server)).last?.status).toBe('failed'), 10_000);
  expect((await ruleOf(server)).version).toBe(1);
  turn('done');
  const next = await server.restart();
  try {
    await isSaved(next);
  } finally {
    await next.stop();
  }
}, 60_000);

test('other changes of the rule are refused meanwhile, and those made on an older version at once', async () => {
  const { server } = await started();
  try {
    expect((await change(server, { version: 0 })).body).toMatchObject({
      code: 'conflict',
      message: expect.stringContaining('has changed this rule since'),
    });
    await change(server);
    const words = { changes: { name: 'Other' } };
    expect(await change(server, words)).toMatchObject({
      status: 409,
      body: { message: 'A change of this rule by anna waits to be saved.' },
    });
    expect((await server.send('POST', `${PATH}/revert`, { to: 1, version: 1, why: 'back' })).status).toBe(409);
    // Nothing is left of a rule that is gone.
    expect((await server.send('DELETE', PATH, {})).status).toBe(200);
    expect((await reading(server)).waiting).toEqual({ rules: [], changes: [] });
  } finally {
    await server.stop();
  }
}, 60_000);

test('a change that cannot be run even with its fields is refused at once', async () => {
  const { server } = await started();
  try {
    const query = 'from a | keep event.module | where source.port > 400';
    const esql = { ...RULE, rule_id: 'r2', name: 'Columns', type: 'esql', language: 'esql', query: 'from a | limit 1' };
    await server.send('POST', '/api/import', { text: JSON.stringify(esql), rules: [1] });
    const refused = await server.send('PUT', '/api/rules/columns', { changes: { query }, version: 1 });
    expect(refused).toMatchObject({ status: 400, body: { message: expect.stringContaining('[source.port]') } });
    expect((await reading(server)).current).toBeNull();
  } finally {
    await server.stop();
  }
}, 60_000);

test('cancelled, it leaves a message and nothing else', async () => {
  const { server, turn } = await started();
  try {
    await change(server);
    const cancelled = await server.send<FieldReading>('POST', '/api/field-reading/cancel', {});
    expect(cancelled.body).toMatchObject({ current: null, waiting: { changes: [] }, last: { status: 'cancelled' } });
    expect(await ruleOf(server)).toMatchObject({
      rule: { query: 'event.module:aws', enabled: true },
      version: 1,
      waiting: { problem: 'anna cancelled it.', changes: { query: QUERY } },
    });
    const { versions } = (await server.json<z.output<typeof ruleVersions.response>>(`${PATH}/versions`)).body;
    expect(versions).toHaveLength(1);
    const { body: known } = await server.json<{ fields: { name: string }[] }>('/api/fields');
    expect(known.fields.map(({ name }) => name)).not.toContain('source.port');
    await server.send('DELETE', `${PATH}/waiting-change`, undefined);
    expect((await ruleOf(server)).waiting).toBeNull();
    await change(server);
    turn('done');
    await isSaved(server);
  } finally {
    await server.stop();
  }
}, 60_000);

test('where the fields cannot be read it waits on, to be tried again or cancelled', async () => {
  const { server, turn } = await started('fails');
  try {
    expect((await change(server)).body.waitsFor).toEqual(['source.port']);
    expect(await reading(server)).toMatchObject({
      current: null,
      waiting: { changes: [{ slug: SLUG }] },
      last: { status: 'failed', error: 'the disk is full' },
    });
    await server.send('POST', '/api/field-reading/cancel', {});
    expect((await ruleOf(server)).waiting?.problem).toBe('anna cancelled it.');
    expect((await server.send('POST', '/api/field-reading/cancel', {})).status).toBe(409);
    await change(server);
    turn('done');
    await server.send('POST', '/api/field-reading', {});
    await isSaved(server);
  } finally {
    await server.stop();
  }
}, 60_000);

test('a change that proves to lose a true positive is not saved without a reason, and says so', async () => {
  const { server, turn } = await started();
  try {
    await server.send('POST', '/api/replay', {});
    const { body: queue } = await server.json<{ alerts: { id: string }[] }>(`/api/alerts?rule=${SLUG}`);
    await server.send('POST', '/api/alerts/changes', {
      selection: { ids: queue.alerts.map(({ id }) => id) },
      change: { status: 'closed', verdict: 'true-positive-impact' },
    });
    const none = { changes: { query: 'event.module:aws and source.port > 9000' } };
    await change(server, none);
    turn('done');
    await vi.waitFor(async () => {
      expect((await ruleOf(server)).waiting?.problem).toMatch(/lose \d true positive.* say in a sentence why/);
    }, 10_000);
    expect((await ruleOf(server)).version).toBe(1);
    const reasons = { ...none, override: 'ports above that are watched elsewhere' };
    expect((await change(server, reasons)).body.waitsFor).toEqual([]);
    expect(await ruleOf(server)).toMatchObject({ version: 2, waiting: null });
  } finally {
    await server.stop();
  }
}, 60_000);
