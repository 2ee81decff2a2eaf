import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openDuckdbStore } from '#server/store/duckdb/open.ts';
import type { EventStore } from '#server/store/event-store.ts';
import { must } from '#shared/base/assert.ts';
import { ECS_PROCESS } from '#shared/event/ecs.ts';
import type { Expression } from '#shared/plan/expression.ts';
import { compileRule } from '#shared/rule/compile.ts';
import type { CompiledRule } from '#shared/rule/compiled-rule.ts';
import { conditionsOfRules } from './event-conditions.ts';
import { fieldsForRules } from './fields.ts';
import { loadRules } from './load.ts';
import { replayRule } from './replay.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'oddspawn-test-'));
});
afterEach(() => rm(folder, { recursive: true }));

async function shippedRules(): Promise<readonly CompiledRule[]> {
  const { rules } = await loadRules('rules', 'rules');
  return rules.map(({ rule }) => {
    const compiled = compileRule(rule, ECS_PROCESS, []);
    if (!compiled.ok) throw new Error(rule.slug);
    return compiled.value;
  });
}

/** Of each field some values that are usual, and all that are not. */
const VALUES: Readonly<Record<string, readonly unknown[]>> = {
  '@timestamp': Array.from({ length: 29 }, (_, hour) => new Date(Date.UTC(2026, 0, 1, hour, 7)).toISOString()),
  'event.type': [['start'], 'start', ['end'], ['start', 'info'], null, [], ['start']],
  'event.action': ['exec', 'exec', 'fork', ['exec', 'fork'], 'exec'],
  'host.os.type': [
    'linux',
    'linux',
    'linux',
    'windows',
    undefined,
    'linux',
    ['linux', 'x'],
    'linux',
    'linux',
    'linux',
    'linux',
  ],
  'process.name': ['sh', 'ls', 'bash', ['sh', 'ls'], 'sh', 5, 'sh', 'sh', 'a'.repeat(1030), 'dash', 'id', 'sh', 'wget'],
  'process.parent.name': [
    'nginx',
    'nginx',
    'java',
    'cron',
    'python3.11',
    ['nginx', 'java'],
    'apache2',
    'php-fpm8',
    1.5e30,
    'java',
    'nginx',
    'sshd',
    undefined,
    'nginx',
    '[x',
    'nginx',
    'puma',
  ],
  'process.command_line': [
    'sh -c id',
    'ls -la',
    'sh -c "curl x"',
    'bash -c id',
    '["x',
    null,
    'sh -c id',
    'sh -c w',
    'id',
    'sh -c id',
    'sh -c a',
    'sh -c b',
    'sh -c id',
    ['sh -c id', 'x'],
    'sh -c id',
    'q',
    'r',
    's',
    'sh -c t',
  ],
  'process.parent.args': [
    ['java', '-jar', 'jenkins.war'],
    ['x'],
    'y',
    undefined,
    ['-Dcatalina.base=/x'],
    ['nginx'],
    ['z', null, 4],
  ],
  'process.args': [['sh', '-c'], ['/usr/bin/rsvg-convert'], ['sh'], undefined, ['a', 'b'], 'c', ['d'], ['e']],
  'process.executable': [
    '/bin/sh',
    '/usr/bin/ls',
    '/tmp/x',
    '/bin/sh',
    null,
    '/bin/sh',
    '/opt/y',
    '/opt/z',
    '/usr/bin/id',
  ],
  'process.working_directory': ['/var/www/html', '/', '/srv', '/home/a'],
  'process.parent.executable': ['/usr/sbin/nginx', '/usr/bin/java', undefined],
  'user.id': [33, '33', 0, '99', 1000, 33],
  'user.name': ['www-data', 'root', ['www-data', 'root']],
  'host.id': ['h1', 'h2', undefined, 'h3'],
  'event.category': [['process'], 'process', ['process', 'x']],
  'agent.id': ['a', 'b'],
};

/** A number that tells nothing about others of its kind. */
const scattered = (index: number, salt: number): number =>
  Math.floor(Math.abs(Math.sin(index * 12.9898 + salt * 78.233)) * 43_758);

function record(index: number): string {
  const document: Record<string, unknown> = {};
  for (const [salt, [field, values]] of Object.entries(VALUES).entries()) {
    const step = scattered(index, salt);
    const parts = field.split('.');
    const last = must(parts.pop(), field);
    let node = document;
    for (const part of parts) {
      node[part] ??= {};
      node = node[part] as Record<string, unknown>;
    }
    node[last] = values[step % values.length];
  }
  (document['event'] as Record<string, unknown>)['id'] = `e${index % 2_900}`;
  return JSON.stringify(document);
}

async function answers(lines: readonly string[], rules: readonly CompiledRule[], concerning?: readonly Expression[]) {
  const path = join(folder, 'events.ndjson');
  await writeFile(path, `${lines.join('\n')}\n`);
  const catalogue = fieldsForRules(rules, ECS_PROCESS);
  const store: EventStore = await openDuckdbStore({ path: ':memory:', catalogue, keepText: false, concerning });
  try {
    const duplicates: number[] = [];
    const rejects: unknown[] = [];
    const report = await store.append(
      { id: 1, path },
      { onDuplicate: (place) => duplicates.push(place), onReject: (reject) => rejects.push(reject) },
    );
    const again = await store.append({ id: 2, path });
    const { events, window } = await store.statistics();
    const outcomes = [];
    for (const rule of rules) outcomes.push(await replayRule(store, rule));
    return { report, again, duplicates, rejects, events, window, outcomes };
  } finally {
    await store.close();
  }
}

const LINES = Array.from({ length: 3_000 }, (_, index) => record(index));

test.each([
  ['read at once', LINES],
  [
    'read line by line',
    [...LINES, '{"@timestamp":', '{"@timestamp":"2026-01-02T00:00:00Z","event.action":"exec","event.id":"x"}'],
  ],
])('rules give the same where only what they ask for is stored: %s', async (_, lines) => {
  const rules = await shippedRules();
  const conditions = must(conditionsOfRules(rules), 'conditions');
  const all = await answers(lines, rules);
  expect(await answers(lines, rules, conditions)).toEqual(all);
  expect(all.outcomes.map(({ eventsMatched }) => eventsMatched > 0)).toEqual([true, true]);
  expect(all.outcomes.some(({ warnings }) => warnings.length > 0)).toBe(true);
});

test('events that fail every condition are counted, also when they come again, and no question meets them', async () => {
  const rules = await shippedRules();
  const path = join(folder, 'events.ndjson');
  await writeFile(path, LINES.join('\n'));
  const catalogue = fieldsForRules(rules, ECS_PROCESS);
  const store = await openDuckdbStore({
    path: ':memory:',
    catalogue,
    keepText: false,
    concerning: conditionsOfRules(rules),
  });
  await store.append({ id: 1, path });
  const { rows } = await store.run({ steps: [{ kind: 'keep', columns: ['event.id'] }] }, { now: 0 });
  expect(rows.length).toBeLessThan(2_900);
  expect((await store.statistics()).events).toBe(2_900);
  expect(await store.append({ id: 2, path })).toMatchObject({ events: 0, duplicates: LINES.length });
  expect((await store.statistics()).events).toBe(2_900);
  await store.close();
});
