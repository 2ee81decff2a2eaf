import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import type { EventStore } from '#server/store/event-store.ts';
import { openReferenceStore } from '#server/store/reference/reference-store.ts';
import { searchEvents as searchEndpoint } from '#shared/api/events.ts';
import { getRarity } from '#shared/api/rules.ts';
import { ECS_PROCESS } from '#shared/event/ecs.ts';
import type { Expression } from '#shared/plan/expression.ts';
import { countInside, countJustOutside, isJustOutside } from '#shared/rarity/thresholds.ts';
import { eventById, eventSummaries, firstEvent, searchEvents } from './events.ts';
import { fieldValues } from './field-values.ts';
import { barWidth } from './histogram.ts';
import { prevalenceOf } from './prevalence.ts';
import { rarity } from './rarity.ts';
import { processTree } from './tree.ts';

const RECORDED = join(import.meta.dirname, '..', 'demo', 'samples', 'recorded-nginx-php-fpm.ecs.ndjson');

let store: EventStore;

beforeAll(async () => {
  store = openReferenceStore({ catalogue: ECS_PROCESS });
  await store.append({ id: 1, path: RECORDED });
});

const search = async (kql: string, limit = 100) => {
  const found = await searchEvents(store, searchEndpoint.query.parse({ kql, limit }));
  if (!found.ok) throw new Error(found.error.map(({ message }) => message).join());
  return found.value;
};

test('search counts all, shows the newest first, and its histogram adds up', async () => {
  const found = await search('event.action: exec', 5);
  expect(found.total).toBe(69);
  expect(found.events).toHaveLength(5);
  expect(found.histogram.reduce((sum, { count }) => sum + count, 0)).toBe(69);
  const times = found.events.map(({ timestamp }) => timestamp);
  expect(times).toEqual([...times].sort().reverse());
});

test('the first of some events is found at its moment, and where it is gone the earliest that is left', async () => {
  const { events } = await search('event.action: exec');
  const [earliest, next, ...others] = events
    .toReversed()
    .map(({ id, timestamp }) => ({ id, at: Date.parse(timestamp) }));
  if (!earliest || !next) throw new Error('two events are needed');
  const ids = [earliest, next, ...others].map(({ id }) => id);
  const numbers = await store.numbersOf(ids);
  expect(await firstEvent(store, ids, earliest.at)).toBe(numbers.get(earliest.id));
  expect(await firstEvent(store, [next.id, 'another'], earliest.at - 1)).toBe(numbers.get(next.id));
  expect(await firstEvent(store, ['another'], earliest.at)).toBeUndefined();
});

test('a query that cannot be read comes back as diagnostics', async () => {
  const found = await searchEvents(store, searchEndpoint.query.parse({ kql: 'process.name: (' }));
  expect(found.ok).toBe(false);
});

test('the tree of a web shell command reaches the grandchildren that rules do not see', async () => {
  const { events } = await search('process.parent.name: php-fpm* and process.command_line: *base64*', 1);
  const subject = events[0]?.id ?? '';
  const tree = await processTree(
    store,
    [subject],
    new Map([[subject, [{ id: 'a1', ruleName: 'r', severity: 'medium' }]]]),
    500,
  );
  const node = tree.nodes.find((candidate) => candidate.subject);
  expect(node).toMatchObject({ name: 'sh', alerts: [{ id: 'a1' }], placeholder: false });
  expect(tree.nodes.some((candidate) => candidate.parent === node?.id && candidate.name === 'base64')).toBe(true);
  const parent = tree.nodes.find((candidate) => candidate.id === node?.parent);
  expect(parent?.name).toBe('php-fpm8.2');
  expect(node?.prevalence).toEqual({ hosts: 1, ofHosts: 1 });
});

test('an event is found by its id, as it came and as fields', async () => {
  const event = await eventById(store, 'run1-0027');
  expect(JSON.parse(event?.document ?? '{}').process.name).toBe('file');
  expect(event?.fields['process.pid']).toEqual(['32313']);
  expect(event?.fields['@timestamp']?.[0]).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/);
  expect(await eventById(store, 'no such event')).toBeNull();
});

test('summaries count what the store does not hold', async () => {
  const { events, missing, total } = await eventSummaries(store, ['run1-0027', 'gone'], 10);
  expect({ ids: events.map(({ id }) => id), missing, total }).toEqual({ ids: ['run1-0027'], missing: 1, total: 2 });
});

test('values of a field by frequency, narrowed by their beginning', async () => {
  const valuesOf = async (field: string, prefix: string, kql = '') => {
    const found = await fieldValues(store, { field, prefix, kql, limit: 10 });
    return found.ok ? found.value : found.error;
  };
  expect((await valuesOf('process.name', ''))[0]).toEqual({ value: 'sh', count: expect.any(Number) });
  expect(await valuesOf('process.name', 'PHP')).toEqual([{ value: 'php-fpm8.2', count: expect.any(Number) }]);
  expect(await valuesOf('process.name', 'php', 'process.name: sh')).toEqual([]);
  const [pid] = await valuesOf('process.pid', '');
  expect(await valuesOf('process.pid', String(pid && 'value' in pid ? pid.value : ''))).toContainEqual(pid);
  expect(await valuesOf('process.name', '', 'process.name: (')).toMatchObject([{ code: 'syntax' }]);
});

const EXECS: Expression = {
  kind: 'any',
  field: 'event.action',
  type: 'string',
  test: { kind: 'equals', value: 'exec' },
};

test('rarity counts groups, marks those inside the thresholds, and its cells cover all groups', async () => {
  const ask = (query: object) =>
    rarity(store, { matches: EXECS, keys: ['process.name'], thresholds: null }, getRarity.query.parse(query));
  const result = await ask({ count: 3 });
  expect(result.matchedEvents).toBe(69);
  const sh = result.groups.find(({ keys }) => keys['process.name'] === 'sh');
  expect(sh).toMatchObject({ hosts: 1, agents: 1, alerting: false });
  expect(result.groups.filter(({ alerting }) => alerting).every(({ count }) => count < 3)).toBe(true);
  expect(result.alertingGroups).toBe(result.groups.filter(({ alerting }) => alerting).length);
  expect(result.cells.reduce((sum, { groups }) => sum + groups, 0)).toBe(result.totalGroups);
  expect((await ask({ count: 1 })).alertingGroups).toBe(0);
  expect((await ask({ text: 'base64' })).groups.map(({ keys }) => keys['process.name'])).toEqual(['base64']);
});

test('rarity answers other thresholds from its cells, puts what is just outside first, and stacks command shapes', async () => {
  const ask = (query: object) =>
    rarity(store, { matches: EXECS, keys: ['process.command_line'], thresholds: null }, getRarity.query.parse(query));
  const result = await ask({ count: 2, sort: 'outside' });
  for (const thresholds of [
    { count: 3, agents: 1 },
    { count: 6, agents: 2 },
  ]) {
    expect(countInside(result.cells, thresholds)).toBe((await ask(thresholds)).alertingGroups);
  }
  const near = countJustOutside(result.cells, result.thresholds);
  expect(near).toBeGreaterThan(0);
  expect(result.groups.slice(0, near).every((group) => isJustOutside(group, result.thresholds))).toBe(true);
  expect(result.shapes.reduce((sum, { groups }) => sum + groups, 0)).toBe(result.totalGroups);
  expect(result.shapes.every(({ examples, groups }) => examples.length === Math.min(3, groups))).toBe(true);
  const pairs = await ask({ by: ['process.name', 'process.parent.name', 'user.name'] });
  expect(Object.keys(pairs.groups[0]?.keys ?? {})).toHaveLength(3);
  expect(pairs.shapes).toEqual([]);
});

test('without thresholds asked for, groups are judged by those of the rule', async () => {
  const rule = { matches: EXECS, keys: ['process.name'], thresholds: { count: 3, agents: 2 } };
  const own = await rarity(store, rule, getRarity.query.parse({}));
  expect(own.thresholds).toEqual(rule.thresholds);
  expect(own.groups).toEqual((await rarity(store, rule, getRarity.query.parse(rule.thresholds))).groups);
  expect((await rarity(store, rule, getRarity.query.parse({ count: 4 }))).thresholds).toEqual({ count: 4, agents: 2 });
});

test('prevalence of a command line', async () => {
  const known = await prevalenceOf(store, '/usr/bin/file -b /var/www/html/pic.svg');
  expect(known).toMatchObject({ hosts: 1, totalHosts: 1, events: 4, firstSeen: '2026-11-21T20:15:15.974Z' });
  expect(await prevalenceOf(store, 'never run')).toMatchObject({ hosts: 0, events: 0, firstSeen: null });
});

test.each([
  [60_000, 1000],
  [3_600_000, 60_000],
  [7 * 86_400_000, 3 * 3_600_000],
  [400 * 86_400_000, 7 * 86_400_000],
])('a range of %i ms has bars of %i ms', (range, width) => {
  expect(barWidth(range)).toBe(width);
});

test('events without an id, or with several, are known as the store knows them', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'oddspawn-ids-'));
  const path = join(folder, 'ids.ndjson');
  const event = (id: unknown) =>
    JSON.stringify({ '@timestamp': '2026-11-21T10:00:00Z', event: { id, action: 'exec' } });
  await writeFile(path, `${event(null)}\n${event(['b', 'a'])}\n`);
  const own = openReferenceStore({ catalogue: ECS_PROCESS });
  await own.append({ id: 1, path });
  const found = await searchEvents(own, searchEndpoint.query.parse({ kql: '' }));
  const ids = found.ok ? found.value.events.map(({ id }) => id) : [];
  expect(ids).toHaveLength(2);
  expect((await own.numbersOf(ids)).size).toBe(2);
  await rm(folder, { recursive: true });
});
