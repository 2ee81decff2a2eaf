import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { changeSelected, undo } from '#server/alerts/change.ts';
import { readGroups } from '#server/alerts/groups.ts';
import { readHistogram } from '#server/alerts/histogram.ts';
import { readQueue } from '#server/alerts/queue.ts';
import { chunksOf } from '#server/state/chunks.ts';
import { openState, type State } from '#server/state/open-state.ts';
import { alertHistogram, groupAlerts, listAlerts } from '#shared/api/alerts.ts';
import { formatInstant, MINUTE } from '#shared/base/time.ts';
import { commandShape } from '#shared/rarity/shape.ts';
import { quantile, timed } from './measuring.ts';

/** What the queue costs with this many alerts; `node server/bench/queue.ts [alerts] [data folder]` keeps them where told. */
const ALERTS = Number(process.argv[2] ?? 100_000);
const ROUNDS = 20;
const START = Date.parse('2026-11-01T00:00:00Z');
const SHAPES = 2000;
const PARENTS = ['nginx', 'php-fpm8.2', 'java', 'ruby3.1', 'gunicorn'];

const author = { actor: 'bench', now: START };
const pick = <Item>(items: readonly Item[], at: number): Item => {
  const item = items[at % items.length];
  if (item === undefined) throw new Error('nothing to pick from');
  return item;
};

/** Letters only: digits would be read as a variable part of one shape. */
const toolName = (number: number): string =>
  String(number).replaceAll(/\d/g, (digit) => 'bcdfghjklm'[Number(digit)] ?? '');

function alertRow(at: number) {
  const commandLine = `sh -c curl -s http://10.${at % 200}.3.7/${at % 5000} | ${toolName(at % SHAPES)} -s ${at % 90}`;
  const seen = formatInstant(START + at * MINUTE * 0.4);
  const parent = pick(PARENTS, at);
  const host = `web${at % 400}.example.com`;
  return {
    id: `bench-${at}`,
    ...{
      rule: `rule-${at % 7}`,
      ruleName: `Rule ${at % 7}`,
      severity: pick(['low', 'medium', 'high'], at),
      riskScore: 47,
    },
    ...{ status: pick(['open', 'open', 'acknowledged', 'closed'], at), verdict: at % 4 === 3 ? 'benign' : null },
    ...{ assignee: null, keys: '{}', keysDigest: `digest-${at % 60_000}`, columns: '{}', commandLine },
    ...{ commandShape: commandShape(commandLine), processName: 'sh', executable: '/bin/sh', workingDirectory: '/srv' },
    ...{
      parentName: parent,
      parentExecutable: `/usr/sbin/${parent}`,
      hosts: JSON.stringify([host]),
      users: '["www-data"]',
    },
    ...{
      firstSeen: seen,
      lastSeen: seen,
      raisedAt: seen,
      updatedAt: seen,
      eventCount: (at % 90) + 1,
      occurrenceCount: 1,
    },
    ...{ historyCovered: null, stepsAnswered: 0, searchText: `${commandLine}\n${host}`.toLowerCase(), version: 1 },
  };
}

async function seed(state: State): Promise<void> {
  const rows = Array.from({ length: ALERTS }, (_, at) => alertRow(at));
  await state.transaction().execute(async (transaction) => {
    for (const chunk of chunksOf(rows)) {
      await transaction.insertInto('alerts').values(chunk).execute();
      const values = chunk.flatMap(({ id, hosts }) => [
        { alertId: id, kind: 'host' as const, value: String(JSON.parse(hosts)[0]) },
        { alertId: id, kind: 'user' as const, value: 'www-data' },
      ]);
      await transaction.insertInto('alertValues').values(values).execute();
    }
  });
}

/** Milliseconds within which 95 of 100 answers came. */
async function measure(name: string, ask: (round: number) => Promise<unknown>): Promise<void> {
  const times: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    times.push((await timed(() => ask(round))).clock);
  }
  const at = (share: number): string => quantile(times, share).toFixed(0).padStart(6);
  console.log(`${name.padEnd(44)} p50 ${at(0.5)} ms   p95 ${at(0.95)} ms`);
}

const kept = process.argv[3];
const folder = kept ?? (await mkdtemp(join(tmpdir(), 'oddspawn-queue-')));
const state = await openState(join(folder, 'state.db'));
const page = (query: object) => readQueue(state, () => 0, listAlerts.query.parse(query));
const groups = (query: object) => readGroups(state, groupAlerts.query.parse(query));

if ((await page({ limit: 1 })).total === 0) {
  const { clock } = await timed(() => seed(state));
  console.log(`${ALERTS} alerts written in ${(clock / 1000).toFixed(1)} s`);
}
await measure('first page, by last seen', () => page({}));
await measure('a page anywhere, by last seen', (round) => page({ offset: Math.floor((round / ROUNDS) * ALERTS) }));
for (const sort of ['commandLine', 'host', 'status', 'eventCount'] as const) {
  await measure(`first page, by ${sort}`, () => page({ sort }));
}
await measure('filter by text', (round) => page({ text: `curl 10.${round}.3.7` }));
await measure('filter away from a host', (round) => page({ not: `host:web${round}.example.com` }));
for (const by of ['commandShape', 'rule', 'host', 'parentExecutable', 'user'] as const) {
  await measure(`groups by ${by}`, () => groups({ by }));
}
await measure('groups by host within a rule', (round) => groups({ by: 'host', only: `rule:rule-${round % 7}` }));
await measure('bars over time', () => readHistogram(state, alertHistogram.query.parse({ buckets: 90 })));
const change = await timed(() =>
  changeSelected(state, author, {
    selection: { filter: { status: ['open'] }, except: [] },
    change: { status: 'acknowledged' },
  }),
);
console.log(`${change.value.changed} alerts acknowledged at once in ${(change.clock / 1000).toFixed(1)} s`);
const back = await timed(() => undo(state, author, change.value.undo));
console.log(`and taken back in ${(back.clock / 1000).toFixed(1)} s`);
await state.destroy();
if (kept === undefined) await rm(folder, { recursive: true });
