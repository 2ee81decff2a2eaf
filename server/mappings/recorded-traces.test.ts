import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { replayRule } from '#server/rules/replay.ts';
import { compiled, NEW_CHILD, RARE_COMMAND, shippedRule } from '#server/rules/testing/rules.ts';
import { openDuckdbStore } from '#server/store/duckdb/open.ts';
import type { EventStore } from '#server/store/event-store.ts';
import { ECS_PROCESS } from '#shared/event/ecs.ts';
import { mapFile } from './map-file.ts';

const SAMPLES = join(import.meta.dirname, '..', 'demo', 'samples');

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'oddspawn-traces-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const stores: EventStore[] = [];
afterAll(() => Promise.all(stores.map((store) => store.close())));

async function storeOf(sample: string): Promise<EventStore> {
  const store = await openDuckdbStore({ path: ':memory:', catalogue: ECS_PROCESS });
  stores.push(store);
  const work = mkdtempSync(join(folder, 'trace-'));
  const rejects: unknown[] = [];
  const file = await mapFile(join(SAMPLES, sample), {
    folder: work,
    host: 'file',
    onReject: (one) => rejects.push(one),
  });
  const report = await store.append({ id: 1, path: file.path }, { onReject: (one) => rejects.push(one) });
  expect({ rejects, events: report.events }).toEqual({ rejects: [], events: 213 });
  return store;
}

/** What a rule finds, without what names the machine and the event: the recordings call those differently. */
async function findings(store: EventStore, rule: string): Promise<unknown> {
  const { drafts } = await replayRule(store, compiled((await shippedRule(rule)).rule));
  return drafts.map(({ keys, events }) => ({
    keys: Object.fromEntries(Object.entries(keys).filter(([name]) => !/^(?:host|agent)\./.test(name))),
    events: events.length,
  }));
}

test.each([
  ['auditd', 'recorded-nginx-php-fpm.audit.log'],
  ['laurel', 'recorded-nginx-php-fpm.laurel.jsonl'],
])('the recording as %s wrote it raises the alerts of its ECS documents', async (_, sample) => {
  const [mapped, ecs] = [await storeOf(sample), await storeOf('recorded-nginx-php-fpm.ecs.ndjson')];
  for (const rule of [RARE_COMMAND, NEW_CHILD]) {
    const expected = await findings(ecs, rule);
    expect(expected).not.toEqual([]);
    expect(await findings(mapped, rule)).toEqual(expected);
  }
});

test('what auditd and laurel wrote of one event is stored once', async () => {
  const store = await storeOf('recorded-nginx-php-fpm.audit.log');
  const work = mkdtempSync(join(folder, 'again-'));
  const file = await mapFile(join(SAMPLES, 'recorded-nginx-php-fpm.laurel.jsonl'), {
    folder: work,
    host: 'file',
    onReject: () => undefined,
  });
  expect(await store.append({ id: 2, path: file.path })).toMatchObject({ events: 0, duplicates: 213 });
});
