import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pino from 'pino';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { activityOf } from '#server/state/activity.ts';
import { openState, type State } from '#server/state/open-state.ts';
import type { EventStore } from '#server/store/event-store.ts';
import { openReferenceStore } from '#server/store/reference/reference-store.ts';
import { DAY } from '#shared/base/time.ts';
import { ECS_PROCESS } from '#shared/event/ecs.ts';
import { openRetention, type RetentionKeeper } from './retention.ts';

const now = Date.parse('2026-11-22T00:00:00Z');
let folder: string;
let state: State;
let store: EventStore;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'oddspawn-retention-'));
  state = await openState(join(folder, 'state.db'));
  store = openReferenceStore({ catalogue: ECS_PROCESS });
  const records = [1, 2, 3, 10, 20].map((day) =>
    JSON.stringify({ '@timestamp': new Date(now - day * DAY).toISOString(), event: { id: `d${day}` } }),
  );
  await writeFile(join(folder, 'events'), records.join('\n'));
  await store.append({ id: 1, path: join(folder, 'events') });
});
afterEach(async () => {
  await state.destroy();
  await rm(folder, { recursive: true });
});

const keeper = (of: EventStore = store): RetentionKeeper =>
  openRetention({
    state,
    store: of,
    clock: () => now,
    log: pino({ level: 'silent' }),
    publish: () => undefined,
    defaults: { days: null, bytes: null },
  });
const ids = async (): Promise<unknown[]> => {
  const { rows } = await store.run({ steps: [{ kind: 'keep', columns: ['event.id'] }] }, { now });
  return rows.map((row) => row['event.id']);
};

test('nothing goes unless somebody says so', async () => {
  expect(await keeper().sweep()).toBe(0);
  expect(await ids()).toHaveLength(5);
});

test('what is older goes, but not what an alert stands on', async () => {
  await insertEvidence('d20');
  const retention = keeper();
  await retention.write({ actor: 'anna', now }, { days: 3, bytes: null });
  expect(await retention.sweep()).toBe(1);
  await retention.close();
  expect(await ids()).toEqual(['d1', 'd2', 'd3', 'd20']);
  const log = await activityOf(state, 'settings', 'retention');
  expect(log.map(({ detail }) => detail)).toEqual(['events are kept for 3 days']);
});

test('of too much the oldest goes, once until its room is seen to be free', async () => {
  let size = 1000;
  const sized: EventStore = { ...store, size: async () => size };
  const retention = openRetention({
    state,
    store: sized,
    clock: () => now,
    log: pino({ level: 'silent' }),
    publish: () => undefined,
    defaults: { days: null, bytes: 640 },
  });
  expect(await retention.sweep()).toBe(2);
  expect(await retention.sweep()).toBe(0);
  expect(await ids()).toEqual(['d1', 'd2', 'd3']);
  size = 600;
  expect(await retention.sweep()).toBe(0);
});

/** An alert's evidence; the alert itself does not matter here. */
async function insertEvidence(eventId: string): Promise<void> {
  const text = '';
  await state
    .insertInto('alerts')
    .values({
      ...{ id: 'a', rule: 'r', ruleName: 'R', severity: 'low', riskScore: 1, status: 'closed', verdict: null },
      ...{ assignee: null, keys: '{}', keysDigest: text, columns: '{}', commandLine: null, commandShape: null },
      ...{ processName: null, executable: null, workingDirectory: null, parentName: null, parentExecutable: null },
      ...{ hosts: '[]', users: '[]', firstSeen: text, lastSeen: text, raisedAt: text, updatedAt: text },
      ...{ eventCount: 1, occurrenceCount: 1, historyCovered: null, stepsAnswered: 0, searchText: text, version: 1 },
    })
    .execute();
  await state.insertInto('alertEvents').values({ alertId: 'a', eventId }).execute();
}
