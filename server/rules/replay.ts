import type { EventStore } from '#server/store/event-store.ts';
import type { Ticks } from '#shared/plan/plan.ts';
import type { CompiledRule } from '#shared/rule/compiled-rule.ts';
import { type DraftChoices, type RunOutcome, runRule } from './run.ts';
import { replayTicks, type TimeRange } from './ticks.ts';

export interface Replay extends RunOutcome {
  /** The runs made; null where there was nothing to run over. */
  readonly ticks: Ticks | null;
}

const NOTHING: Replay = { ticks: null, drafts: [], cut: [], skipped: [], warnings: [], eventsMatched: 0 };

/**
 * All runs that the rule's schedule would have made over a past stretch, or over everything stored. Overlapping runs report
 * the same again; `foldDrafts` makes alerts of that.
 */
export async function replayRule(
  store: EventStore,
  compiled: CompiledRule,
  { range: given, ...options }: DraftChoices & { readonly range?: TimeRange } = {},
): Promise<Replay> {
  const range = given ?? (await store.statistics()).window;
  if (!range) return NOTHING;
  const ticks = replayTicks(range, compiled.rule.interval);
  const outcome = await runRule(store, compiled, ticks, options);
  return { ...outcome, ticks };
}
