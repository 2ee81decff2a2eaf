import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { occurrenceId } from '#server/rules/identity.ts';
import { loadRules } from '#server/rules/load.ts';
import { openState, type State } from '#server/state/open-state.ts';
import type { AlertDraft } from '#shared/alert/draft.ts';
import { must } from '#shared/base/assert.ts';
import { HOUR, MINUTE } from '#shared/base/time.ts';
import type { Rule } from '#shared/rule/rule.ts';
import { changeSelected } from './change.ts';
import { readQueue } from './queue.ts';
import { type Raised, raiseAlerts } from './raise.ts';
import { knownOccurrences } from './reported.ts';

const NOON = Date.parse('2026-11-21T12:00:00Z');

let folder: string;
let state: State;
let rules: ReadonlyMap<string, Rule>;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'oddspawn-raise-'));
  state = await openState(join(folder, 'state.db'));
  const library = await loadRules(join(import.meta.dirname, '..', '..', 'rules'));
  rules = new Map(library.rules.map(({ rule }) => [rule.slug, rule]));
});
afterEach(async () => {
  await state.destroy();
  await rm(folder, { recursive: true });
});

const RARE = 'unusual-command-from-web-server-parent';
const NEW = 'unusual-child-execution-via-web-server';

function draft(changes: Partial<AlertDraft> = {}, subject: Partial<AlertDraft['subject']> = {}): AlertDraft {
  const tick = changes.tick ?? NOON;
  return {
    rule: RARE,
    keys: { 'process.command_line': 'sh -c id', 'process.working_directory': '/var/www' },
    columns: { cc: 1 },
    events: ['e1'],
    firstSeen: tick - MINUTE,
    lastSeen: tick - MINUTE,
    tick,
    window: { from: tick - HOUR, to: tick },
    occurrence: tick,
    historyCovered: null,
    ...changes,
    subject: {
      commandLine: 'sh -c id',
      processName: 'sh',
      executable: '/bin/sh',
      workingDirectory: '/var/www',
      parentName: 'nginx',
      parentExecutable: '/usr/sbin/nginx',
      hosts: ['web-1'],
      users: ['www-data'],
      ...subject,
    },
  };
}

const raise = (drafts: readonly AlertDraft[], slug = RARE): Promise<Raised> =>
  state
    .transaction()
    .execute((transaction) =>
      raiseAlerts(transaction, { actor: 'oddspawn', now: NOON }, must(rules.get(slug), slug), drafts),
    );

const alerts = async () =>
  (await readQueue(state, () => 0, { sort: 'raisedAt', direction: 'ascending', offset: 0, limit: 100 })).alerts;

test('the same run again changes nothing', async () => {
  expect(await raise([draft()])).toEqual({ raised: 1, recurred: 0 });
  const before = await alerts();
  expect(await raise([draft(), draft()])).toEqual({ raised: 0, recurred: 0 });
  expect(await alerts()).toEqual(before);
});

test('an occurrence is known to all runs but its own', async () => {
  await raise([draft()]);
  const ids = [occurrenceId(draft()), occurrenceId(draft({ tick: NOON + HOUR }))];
  expect(await knownOccurrences(state, ids, NOON)).toEqual(new Set());
  expect(await knownOccurrences(state, ids, NOON + HOUR)).toEqual(new Set([ids[0]]));
});

test('the same keys in a later window join the open alert and widen it', async () => {
  await raise([draft()]);
  const later = draft(
    { tick: NOON + HOUR, events: ['e1', 'e2'], columns: { cc: 2 } },
    { hosts: ['web-0', 'web-1'], users: ['app'] },
  );
  expect(await raise([later])).toEqual({ raised: 0, recurred: 1 });
  expect(await alerts()).toMatchObject([
    {
      hosts: ['web-0', 'web-1'],
      users: ['app', 'www-data'],
      columns: { cc: 2 },
      eventCount: 2,
      occurrences: 2,
      firstSeen: '2026-11-21T11:59:00.000Z',
      lastSeen: '2026-11-21T12:59:00.000Z',
      version: 1,
    },
  ]);
});

test('an earlier window joins without taking the latest columns away', async () => {
  await raise([draft({ columns: { cc: 4 } })]);
  await raise([draft({ tick: NOON - HOUR, columns: { cc: 1 } })]);
  expect(await alerts()).toMatchObject([{ columns: { cc: 4 }, firstSeen: '2026-11-21T10:59:00.000Z', occurrences: 2 }]);
});

test('a closed alert stays closed: what it knows is not raised again, what is new gets an alert of its own', async () => {
  await raise([draft()]);
  const [closed] = await alerts();
  const selection = { ids: [must(closed, 'alert').id] };
  await changeSelected(
    state,
    { actor: 'anna', now: NOON },
    { selection, change: { status: 'closed', verdict: 'benign' } },
  );
  expect(await raise([draft()])).toEqual({ raised: 0, recurred: 0 });
  expect(await raise([draft({ tick: NOON + HOUR })])).toEqual({ raised: 1, recurred: 0 });
  expect((await alerts()).map((alert) => alert.status)).toEqual(['closed', 'open']);
});

test('a new term is one occurrence, however many overlapping runs report it', async () => {
  const term = { rule: NEW, firstSeen: NOON, lastSeen: NOON, occurrence: NOON, historyCovered: 0.5 };
  const drafts = [1, 2].map((run) => draft({ ...term, tick: NOON + run * 5 * MINUTE }));
  expect(await raise(drafts, NEW)).toEqual({ raised: 1, recurred: 0 });
  expect(await alerts()).toMatchObject([{ occurrences: 1, historyCovered: 0.5 }]);
});

test('values that JSON has no word for are kept', async () => {
  await raise([draft({ keys: { long: 2n ** 60n, none: null, several: ['a', 'b'] } })]);
  expect(await alerts()).toMatchObject([{ keys: { long: '1152921504606846976', none: null, several: ['a', 'b'] } }]);
});

test('a thousand alerts with many events are raised at once', async () => {
  const drafts = Array.from({ length: 1200 }, (_, index) =>
    draft({
      keys: { command: `c${index}` },
      events: Array.from({ length: 10 }, (_event, event) => `e${index}-${event}`),
    }),
  );
  expect(await raise(drafts)).toEqual({ raised: 1200, recurred: 0 });
  expect((await alerts()).every((alert) => alert.eventCount === 10)).toBe(true);
});
