import type { EventStore } from '#server/store/event-store.ts';
import { allOf } from '#shared/plan/expression.ts';
import type { Ticks } from '#shared/plan/plan.ts';
import type { CompiledRule } from '#shared/rule/compiled-rule.ts';
import { concern } from '#shared/rule/doubts.ts';
import { hasOwnTime, STORED_TIME, withinRuns } from '#shared/rule/schedule.ts';
import { type DraftChoices, type RunOutcome, runRule } from './run.ts';
import { replayTicks, type TimeRange } from './ticks.ts';
import { timesOf } from './times-of.ts';

export interface Replay extends RunOutcome {
  /** The runs made; null where there was nothing to run over. */
  readonly ticks: Ticks | null;
}

const NOTHING: Replay = { ticks: null, drafts: [], cut: [], skipped: [], warnings: [], eventsMatched: 0 };

/**
 * All runs that the rule's schedule would have made over a past stretch, none where there is none, or over everything stored.
 * Overlapping runs report the same again; `foldDrafts` makes alerts of that.
 */
export async function replayRule(
  store: EventStore,
  compiled: CompiledRule,
  { range: given, ...options }: DraftChoices & { readonly range?: TimeRange | null } = {},
): Promise<Replay> {
  const range = given === undefined ? (await store.statistics()).window : given;
  if (!range) return NOTHING;
  const ticks = await ticksOver(store, compiled, range, options.signal);
  const outcome = await runRule(store, compiled, ticks, options);
  return { ...outcome, ticks };
}

/**
 * The runs of the rule's schedule that see what concerns it among the events of a stretch of `@timestamp`. To a rule with a time of
 * its own they may have come long after: those runs are at the times that count for it.
 */
export async function ticksOver(
  store: EventStore,
  compiled: CompiledRule,
  range: TimeRange,
  signal?: AbortSignal,
): Promise<Ticks> {
  const { rule, time } = compiled;
  if (!hasOwnTime(rule, store.catalogue)) return replayTicks(range, rule.interval);
  const stretch = withinRuns(STORED_TIME, { first: range.from, last: range.to, interval: rule.interval }, 0);
  const concerned = { time, where: allOf([stretch, concern(compiled)]) };
  const times = await timesOf(store, concerned, { now: range.to, ...(signal && { signal }) });
  return replayTicks(times ?? range, rule.interval);
}
