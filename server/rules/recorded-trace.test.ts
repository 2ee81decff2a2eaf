import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openDuckdbStore } from '#server/store/duckdb/open.ts';
import type { EventStore } from '#server/store/event-store.ts';
import { ECS_PROCESS } from '#shared/event/ecs.ts';
import { aggregate } from '#shared/plan/build.ts';
import { EVENTS_COLUMN } from '#shared/plan/plan.ts';
import { valuesOf } from '#shared/plan/value.ts';
import { replayRule } from './replay.ts';
import { runRule } from './run.ts';
import { compiled, NEW_CHILD, RARE_COMMAND, shippedRule } from './testing/rules.ts';
import { runAt } from './ticks.ts';

const TRACE = fileURLToPath(new URL('../demo/samples/recorded-nginx-php-fpm.ecs.ndjson', import.meta.url));

let store: EventStore;

beforeAll(async () => {
  store = await openDuckdbStore({ path: ':memory:', catalogue: ECS_PROCESS });
  await store.append({ id: 1, path: TRACE });
});
afterAll(() => store.close());

test('the new terms rule looks at four starts of file and at nothing else', async () => {
  const { filter } = compiled((await shippedRule(NEW_CHILD)).rule);
  const steps = [
    { kind: 'filter', where: filter } as const,
    { kind: 'aggregate', keys: [], aggregates: [aggregate(EVENTS_COLUMN, 'events')] } as const,
  ];
  const { rows } = await store.run({ steps }, { now: 0 });
  const documents = await store.documents(valuesOf(rows[0]?.[EVENTS_COLUMN]).map(Number));
  expect(documents.map(({ id }) => id)).toEqual(['run1-0027', 'run1-0048', 'run1-0069', 'run1-0209']);
  for (const { text } of documents) expect(text).toContain('"command_line": "/usr/bin/file -b ');
});

test('just after its last event the rarity rule has 18 rows from 27 events', async () => {
  const rule = compiled((await shippedRule(RARE_COMMAND)).rule);
  const { window } = await store.statistics();
  const { drafts, eventsMatched, cut } = await runRule(store, rule, runAt((window?.to ?? 0) + 1, rule.rule.interval));
  expect(drafts).toHaveLength(18);
  expect(eventsMatched).toBe(27);
  expect(drafts.flatMap(({ events }) => events)).toHaveLength(27);
  expect(cut).toEqual([]);
});

test('a replay of the schedule finds the same', async () => {
  const rare = await replayRule(store, compiled((await shippedRule(RARE_COMMAND)).rule));
  expect(rare.drafts).toHaveLength(18);
  const child = await replayRule(store, compiled((await shippedRule(NEW_CHILD)).rule));
  expect(child.drafts.map(({ keys, events }) => [keys['process.command_line'], events])).toEqual([
    ['/usr/bin/file -b /var/www/html/pic.svg', ['run1-0027', 'run1-0048', 'run1-0069', 'run1-0209']],
  ]);
});
