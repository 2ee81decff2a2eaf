import type { EventStore } from '#server/store/event-store.ts';
import type { AlertDraft } from '#shared/alert/draft.ts';
import { EVENTS_COLUMN, FIRST_COLUMN } from '#shared/plan/plan.ts';
import { plainValue, type Row } from '#shared/plan/value.ts';
import type { CompiledRule } from '#shared/rule/compiled-rule.ts';
import { draftsOf, type FactsOf, foundRows } from './found-rows.ts';
import { replayTicks, type TimeRange } from './ticks.ts';

export interface FirstReports {
  readonly range: TimeRange;
  readonly factsOf: FactsOf;
  readonly signal?: AbortSignal;
}

/**
 * What `foldDrafts` makes alerts of in a replay over a range, and nothing beside: of an occurrence that several runs report, the
 * first report.
 */
export async function firstReports(
  store: EventStore,
  compiled: CompiledRule,
  { range, factsOf, ...options }: FirstReports,
): Promise<readonly AlertDraft[]> {
  const ticks = replayTicks(range, compiled.rule.interval);
  const found = await foundRows(store, compiled, ticks, new Map(), { ...options, now: ticks.last });
  const kept = withoutRepeats(compiled, found.kept);
  return draftsOf(store, compiled, { ...found, kept }, factsOf);
}

/** A group of an aggregation belongs to its run; other rows are told apart by what they are about, and since when. */
function withoutRepeats({ aggregating, rule, keys }: CompiledRule, rows: readonly Row[]): readonly Row[] {
  if (aggregating && !rule.newTerms) return rows;
  const seen = new Set<string>();
  return rows.filter((row) => {
    const about = aggregating ? keys : [EVENTS_COLUMN];
    const report = JSON.stringify([...about, FIRST_COLUMN].map((column) => plainValue(row[column] ?? null)));
    return !seen.has(report) && seen.add(report);
  });
}
