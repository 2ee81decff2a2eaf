import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pino from 'pino';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Evaluation } from '#server/alerts/evaluation.ts';
import { readRuns } from '#server/alerts/runs.ts';
import { openState, type State } from '#server/state/open-state.ts';
import type { EventStore } from '#server/store/event-store.ts';
import { DAY, type Instant, MINUTE, SECOND } from '#shared/base/time.ts';
import { ECS_PROCESS } from '#shared/event/ecs.ts';
import type { Ticks } from '#shared/plan/plan.ts';
import type { Rule } from '#shared/rule/rule.ts';
import { dueTicks, missedRuns, openScheduler, type Scheduler } from './scheduler.ts';

const FIVE = 5 * MINUTE;
const noon = Date.parse('2026-11-21T12:00:00Z');

test.each<[string, number | null, number, [number, number] | null]>([
  ['a rule that never ran owes the latest run only', null, noon + MINUTE, [noon, noon]],
  ['nothing is due before the next multiple', noon, noon + FIVE - 1, null],
  ['the next multiple is due at its time', noon, noon + FIVE, [noon + FIVE, noon + FIVE]],
  ['a short pause is made up for', noon, noon + 3 * FIVE, [noon + FIVE, noon + 3 * FIVE]],
  ['of a long one the last four windows', noon, noon + 100 * FIVE, [noon + 97 * FIVE, noon + 100 * FIVE]],
  ['a clock set back a little owes nothing', noon, noon - FIVE, null],
  ['after a clock that was far ahead it is as if it never ran', noon + 365 * DAY, noon, [noon, noon]],
])('%s', (_what, last, now, runs) => {
  expect(dueTicks(FIVE, last, now)).toEqual(runs && { first: runs[0], last: runs[1], interval: FIVE });
});

test('runs that are not made up for are counted', () => {
  const due = (last: number | null, now: number) => {
    const ticks = dueTicks(FIVE, last, now);
    return ticks && missedRuns(FIVE, last, ticks);
  };
  expect([due(null, noon), due(noon, noon + FIVE), due(noon, noon + 4 * FIVE), due(noon, noon + 100 * FIVE)]).toEqual([
    0, 0, 0, 96,
  ]);
});

let folder: string;
let state: State;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'oddspawn-scheduler-'));
  state = await openState(join(folder, 'state.db'));
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
});
afterEach(async () => {
  vi.useRealTimers();
  await state.destroy();
  await rm(folder, { recursive: true });
});

const rule = { slug: 'rule', name: 'Rule', type: 'esql', interval: FIVE, window: 9 * MINUTE } as Rule;

/** What stands before others and fails each time. */
const broken = { ...rule, slug: 'broken' };

/** A scheduler over a store whose last event is at this time, and the runs that it makes. */
function scheduled(
  lastEvent: Instant,
  clock: () => Instant,
  timestampOverride: string | null = null,
): { scheduler: Scheduler; runs: Ticks[] } {
  const runs: Ticks[] = [];
  const scheduler = openScheduler({
    state,
    clock,
    log: pino({ level: 'silent' }),
    store: {
      catalogue: ECS_PROCESS,
      statistics: async () => ({ events: 1, hosts: 1, window: { from: lastEvent, to: lastEvent } }),
    } as EventStore,
    ready: async () => [broken, { ...rule, timestampOverride }].map((one) => ({ rule: one, guide: null, cases: [] })),
    publish: () => undefined,
    evaluator: {
      replayAll: async () => [],
      arrived: async () => [],
      run: async ({ slug }, ticks, kind): Promise<Evaluation> => {
        if (slug === broken.slug) throw new Error('no evaluation');
        runs.push(ticks);
        const nothing = {
          drafts: [],
          eventsMatched: 0,
          eventsScanned: 0,
          cut: [],
          skipped: [],
          warnings: [],
          error: null,
        };
        return {
          ...nothing,
          rule,
          kind,
          window: { from: ticks.first, to: ticks.last },
          startedAt: clock(),
          durationMs: 1,
        };
      },
    },
  });
  return { scheduler, runs };
}

test('each window is run once, and logged', async () => {
  let now = noon;
  const { scheduler, runs } = scheduled(noon, () => now);
  scheduler.start();
  await vi.advanceTimersByTimeAsync(20 * SECOND);
  now += FIVE;
  await vi.advanceTimersByTimeAsync(20 * SECOND);
  await scheduler.close();
  expect(runs.map((ticks) => [ticks.first, ticks.last])).toEqual([
    [noon, noon],
    [noon + FIVE, noon + FIVE],
  ]);
  expect((await readRuns(state, 'rule', 10)).map((run) => run.kind)).toEqual(['scheduled', 'scheduled']);
});

test('without events in the window nothing is run, and nothing is owed later', async () => {
  const { scheduler, runs } = scheduled(noon - 10 * MINUTE, () => noon);
  scheduler.start();
  await vi.advanceTimersByTimeAsync(20 * SECOND);
  await scheduler.close();
  expect(runs).toEqual([]);
  const later = scheduled(noon, () => noon + FIVE);
  later.scheduler.start();
  await vi.advanceTimersByTimeAsync(20 * SECOND);
  await later.scheduler.close();
  expect(later.runs).toEqual([{ first: noon + FIVE, last: noon + FIVE, interval: FIVE }]);
});

test('a rule with a time of its own is run: what it would see may have come late', async () => {
  const { scheduler, runs } = scheduled(noon - 10 * MINUTE, () => noon, 'event.ingested');
  scheduler.start();
  await vi.advanceTimersByTimeAsync(20 * SECOND);
  await scheduler.close();
  expect(runs).toEqual([{ first: noon, last: noon, interval: FIVE }]);
});
