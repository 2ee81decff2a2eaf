import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { openDuckdbStore } from '#server/store/duckdb/open.ts';
import type { EventStore } from '#server/store/event-store.ts';
import { openReferenceStore } from '#server/store/reference/reference-store.ts';
import { must } from '#shared/base/assert.ts';
import { ECS_PROCESS } from '#shared/event/ecs.ts';
import { compileRule } from '#shared/rule/compile.ts';
import { readCoverage } from './coverage.ts';
import { loadRules } from './load.ts';

const RULES = join(import.meta.dirname, '..', '..', 'rules');
const RARITY = 'unusual-command-from-web-server-parent';
const NEW_TERMS = 'unusual-child-execution-via-web-server';

const start = (id: string, more: object = {}, event: object = {}) => ({
  '@timestamp': '2026-03-01T10:00:00Z',
  agent: { id: 'a1', type: 'endpoint' },
  host: { id: 'h1', name: 'web1', os: { type: 'linux' } },
  event: { id, dataset: 'endpoint.events.process', category: ['process'], type: ['start'], action: 'exec', ...event },
  process: {
    name: 'sh',
    executable: '/bin/sh',
    command_line: `sh -c ${id}`,
    args: ['sh', '-c', id],
    working_directory: '/var/www/html',
    parent: { name: 'php-fpm8.2', executable: '/usr/sbin/php-fpm8.2', command_line: 'php-fpm: pool www' },
  },
  user: { id: '33', name: 'www-data' },
  ...more,
});

/** A child that rule 2 looks at; shells it does not. */
const child = (id: string, more: object, event: object = {}) => {
  const whole = start(id, more, event);
  return { ...whole, process: { ...whole.process, name: 'id', executable: '/usr/bin/id' } };
};
const NO_HOST_ID = { host: { name: 'web1', os: { type: 'linux' } } };

const RECORDS = [
  start('plain'),
  start('merged', {}, { type: ['start', 'end'], action: ['fork', 'exec', 'end'] }),
  child('no-host-id', NO_HOST_ID, { dataset: 'laurel.process' }),
  child('later', { '@timestamp': '2026-03-02T10:00:00Z', ...NO_HOST_ID }),
  { ...start('ended', {}, { type: ['end'], action: 'end' }), host: { os: { type: 'linux' } } },
];

let close: (() => Promise<void>) | undefined;
afterEach(async () => close?.());

async function coverage(store: EventStore, to?: string) {
  const folder = await mkdtemp(join(tmpdir(), 'oddspawn-coverage-'));
  close = async () => {
    await store.close();
    await rm(folder, { recursive: true, force: true });
  };
  const path = join(folder, 'events.ndjson');
  await writeFile(path, RECORDS.map((record) => JSON.stringify(record)).join('\n'));
  await store.append({ id: 1, path });
  const { rules } = await loadRules(RULES);
  const compiled = rules.map(({ rule }) => {
    const result = compileRule(rule, ECS_PROCESS, []);
    if (!result.ok) throw new Error(rule.slug);
    return result.value;
  });
  return readCoverage(store, compiled, { from: undefined, to: to === undefined ? undefined : Date.parse(to), now: 0 });
}

test.each([
  ['DuckDB', () => openDuckdbStore({ path: ':memory:', catalogue: ECS_PROCESS })],
  ['the reference store', async () => openReferenceStore({ catalogue: ECS_PROCESS })],
])('what rules cannot judge, by source and together, in %s', async (_name, open) => {
  const { all, sources } = await coverage(await open());
  expect([all.starts, ...sources.map(({ source, starts }) => [source, starts])]).toEqual([
    4,
    ['endpoint.events.process', 3],
    ['laurel.process', 1],
  ]);
  const gap = (rule: string, reason: string) => {
    const found = all.gaps.find((one) => one.rule === rule && one.reason === reason);
    return found && [found.starts, found.unjudged];
  };
  expect(gap(RARITY, 'event.action has several values')).toEqual([1, 1]);
  expect(gap(NEW_TERMS, 'host.id is missing')).toEqual([2, 2]);
  expect(gap(NEW_TERMS, 'event.action has several values')).toBeUndefined();
  expect(must(sources[1], 'laurel').gaps).toContainEqual(
    expect.objectContaining({ rule: NEW_TERMS, reason: 'host.id is missing', starts: 1, unjudged: 1 }),
  );
});

test('only what lies within the range counts', async () => {
  const { all } = await coverage(openReferenceStore({ catalogue: ECS_PROCESS }), '2026-03-01T12:00:00Z');
  expect(all.starts).toBe(3);
});
