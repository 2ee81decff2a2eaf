import { fileURLToPath } from 'node:url';
import pino from 'pino';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { raiseAlerts } from '#server/alerts/raise.ts';
import { ruleBookOf } from '#server/alerts/rule-book.ts';
import { loadRules } from '#server/rules/load.ts';
import { replayRule } from '#server/rules/replay.ts';
import { RARE_COMMAND, shellEvent, store as storeEvents } from '#server/rules/testing/rules.ts';
import { openState, type State } from '#server/state/open-state.ts';
import type { EventStore } from '#server/store/event-store.ts';
import { openReferenceStore } from '#server/store/reference/reference-store.ts';
import { must } from '#shared/base/assert.ts';
import { DAY, formatInstant, HOUR, MINUTE } from '#shared/base/time.ts';
import { ECS_PROCESS } from '#shared/event/ecs.ts';
import { answer } from './alert-guide.ts';
import { recheckDue } from './answer-watch.ts';

const START = Date.UTC(2026, 2, 8, 10);
const ANSWERED = START + 2 * HOUR;
const ALERTS = 12;
const author = { actor: 'ada', now: ANSWERED };
const { rules: library } = await loadRules(fileURLToPath(new URL('../../rules', import.meta.url)));
const rules = ruleBookOf({ rules: library, broken: [] }, { catalogue: ECS_PROCESS });

const eventOf = (command: number, minute: number): object =>
  shellEvent(`e${command}-${minute}`, formatInstant(START + minute * MINUTE), {
    'process.command_line': `sh -c "run-${command}"`,
  });

let state: State;
let store: EventStore;
let published = 0;
beforeEach(async () => {
  published = 0;
  state = await openState(':memory:');
  store = openReferenceStore({ catalogue: ECS_PROCESS });
  await storeEvents(
    store,
    Array.from({ length: ALERTS }, (_, command) => eventOf(command, 1)),
  );
  const compiled = rules.compiled(RARE_COMMAND);
  const range = { from: START, to: START + HOUR };
  const { drafts } = await replayRule(store, must(compiled.ok ? compiled.value : null, RARE_COMMAND), {
    range,
    signal: new AbortController().signal,
  });
  const { rule } = rules.get(RARE_COMMAND);
  await state.transaction().execute((transaction) => raiseAlerts(transaction, author, rule, drafts));
});
afterEach(async () => {
  await state.destroy();
  await store.close();
});

const context = () => ({ state, store, rules });
const STEP = 'command-line';

async function answerAll(): Promise<string[]> {
  const alerts = await state.selectFrom('alerts').select('id').orderBy('id').execute();
  for (const { id } of alerts) {
    const given = { finding: 'expected' as const, note: '', evidence: [], version: 0, confirm: false };
    await answer(context(), author, id, STEP, given);
  }
  return alerts.map(({ id }) => id);
}

const look = (now: number, since = now) =>
  recheckDue(
    { ...context(), clock: () => now, log: pino({ level: 'silent' }), publish: () => (published += 1) },
    since,
    new AbortController().signal,
  );

const alertsNow = () =>
  state.selectFrom('alerts').select(['id', 'stepsStale', 'answersCheckedAt', 'updatedAt']).orderBy('id').execute();

test('as data comes, answers are compared a few alerts at a time, until all were', async () => {
  const ids = await answerAll();
  expect(ids).toHaveLength(ALERTS);
  await storeEvents(store, [eventOf(3, 5)], 2);
  const changed = ANSWERED + MINUTE;
  await look(changed + 1, changed);
  expect((await alertsNow()).filter(({ answersCheckedAt }) => answersCheckedAt !== null)).toHaveLength(10);
  await look(changed + 2, changed);
  const after = await alertsNow();
  expect(after.every(({ answersCheckedAt }) => answersCheckedAt !== null)).toBe(true);
  expect(after.filter(({ stepsStale }) => stepsStale === 1)).toHaveLength(1);
  expect(after.every(({ updatedAt }) => updatedAt === formatInstant(ANSWERED))).toBe(true);
  expect(published).toBe(1);
  // Nothing has come since: nothing is due.
  await look(changed + 3, changed);
  expect(await alertsNow()).toEqual(after);
});

test('an alert that cannot be compared holds up no other, and one closed long ago is left alone', async () => {
  const [broken, old] = await answerAll();
  await state
    .updateTable('alerts')
    .set({ firstSeen: 'no time' })
    .where('id', '=', broken ?? '')
    .execute();
  await state
    .updateTable('alerts')
    .set({ status: 'closed', updatedAt: formatInstant(ANSWERED - 8 * DAY) })
    .where('id', '=', old ?? '')
    .execute();
  await look(ANSWERED + 1);
  await look(ANSWERED + 2, ANSWERED + 1);
  const unchecked = (await alertsNow()).filter(({ answersCheckedAt }) => answersCheckedAt === null);
  expect(unchecked.map(({ id }) => id)).toEqual([old]);
});
