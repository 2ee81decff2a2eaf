import type { Logger } from 'pino';
import { commitEvaluations, type Evaluation } from '#server/alerts/evaluation.ts';
import type { Evaluator } from '#server/alerts/evaluator.ts';
import { keepLastTick, lastTickOf } from '#server/alerts/rule-settings.ts';
import type { LoadedRule } from '#server/rules/load.ts';
import { SYSTEM } from '#server/state/activity.ts';
import type { State } from '#server/state/open-state.ts';
import type { EventStore } from '#server/store/event-store.ts';
import { repeat } from '#server/timing/repeat.ts';
import type { LiveTopic } from '#shared/api/status.ts';
import { formatInstant, type Instant, type Milliseconds, SECOND } from '#shared/base/time.ts';
import type { Ticks } from '#shared/plan/plan.ts';
import type { Rule } from '#shared/rule/rule.ts';
import { hasOwnTime } from '#shared/rule/schedule.ts';

export interface SchedulerOptions {
  readonly state: State;
  readonly store: EventStore;
  readonly evaluator: Evaluator;
  readonly clock: () => Instant;
  readonly log: Logger;
  /** The rules that are on and lack no field. */
  readonly ready: () => Promise<readonly LoadedRule[]>;
  readonly publish: (...topics: readonly LiveTopic[]) => void;
}

/** Runs enabled rules at their times while the program runs. */
export interface Scheduler {
  readonly start: () => void;
  /** Stops, and gives up a run under way: the next process makes it. */
  readonly close: () => Promise<void>;
}

/** How often it looks whether a run is due. */
const LOOK: Milliseconds = 5 * SECOND;

/** Windows that are made up for after a pause; what lies further back is for a replay. */
const CATCH_UP = 4;

export function openScheduler(options: SchedulerOptions): Scheduler {
  const looking = repeat({
    async work(signal) {
      for (const { rule } of await options.ready()) {
        try {
          await runIfDue(options, rule, signal);
        } catch (error) {
          signal.throwIfAborted();
          // What keeps one rule from being run must not keep those behind it.
          options.log.error({ err: error, rule: rule.slug }, 'scheduled run failed');
        }
      }
    },
    pause: () => LOOK,
    failed: (error) => options.log.error({ err: error }, 'rules could not be looked at'),
  });
  return { start: () => looking.within(LOOK), close: looking.close };
}

/**
 * The runs that a rule owes: at multiples of its interval since the epoch, after the last one made, up to now, at most
 * `CATCH_UP` of them. A rule that never ran owes the latest only, and so does one whose last run was by a clock that was wrong by
 * more than an interval: until that time comes it would not run at all. Null for none.
 */
export function dueTicks(interval: Milliseconds, last: Instant | null, now: Instant): Ticks | null {
  const latest = Math.floor(now / interval) * interval;
  const isKnown = last !== null && last <= latest + interval;
  const earliest = isKnown ? Math.max(last + interval, latest - (CATCH_UP - 1) * interval) : latest;
  return earliest > latest ? null : { first: earliest, last: latest, interval };
}

/** Runs between the last one made and the first of these: too many to be made up for. */
export const missedRuns = (interval: Milliseconds, last: Instant | null, ticks: Ticks): number =>
  last === null ? 0 : Math.max(0, Math.round((ticks.first - last) / interval) - 1);

/** A gap is told, for nothing else shows that windows were not looked at. */
function withGap(evaluation: Evaluation, missed: number): Evaluation {
  if (missed === 0) return evaluation;
  const from = formatInstant(evaluation.window.from - missed * evaluation.rule.interval);
  const to = formatInstant(evaluation.window.from);
  const warning = `${missed} runs before this one were not made, and are not made up for: replay ${from} to ${to} to see what they would have found.`;
  return { ...evaluation, warnings: [...evaluation.warnings, warning] };
}

async function runIfDue(options: SchedulerOptions, rule: Rule, signal: AbortSignal): Promise<void> {
  const { state, store, evaluator, clock } = options;
  const last = await lastTickOf(state, rule.slug);
  const ticks = dueTicks(rule.interval, last, clock());
  if (!ticks) return;
  // Nothing has arrived that any of these runs could see: a run would only fill the log.
  const { window } = await store.statistics();
  const evaluations =
    window && (hasOwnTime(rule, store.catalogue) || window.to >= ticks.first - rule.window)
      ? [withGap(await evaluator.run(rule, ticks, 'scheduled', signal), missedRuns(rule.interval, last, ticks))]
      : [];
  signal.throwIfAborted();
  await state.transaction().execute(async (transaction) => {
    await commitEvaluations(transaction, { actor: SYSTEM, now: clock() }, evaluations);
    await keepLastTick(transaction, rule.slug, ticks.last);
  });
  if (evaluations.length > 0) options.publish('alerts', 'rules');
}
