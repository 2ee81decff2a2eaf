import type { EventNumber, EventStore } from '#server/store/event-store.ts';
import { EVENTS_COLUMN, FIRST_COLUMN } from '#shared/plan/plan.ts';
import { plainValue, type Row, valuesOf } from '#shared/plan/value.ts';
import type { CompiledRule } from '#shared/rule/compiled-rule.ts';
import { type Finding, findingOf } from './draft.ts';
import type { FoundRows } from './found-rows.ts';

/** An occurrence as the first run that saw it would report it. */
export interface Report extends Finding {
  readonly events: readonly EventNumber[];
}

/**
 * What `foldDrafts` makes alerts of, and nothing beside: of an occurrence that several runs report, the first report. Of its
 * events it has the numbers alone: most of a replay is counted and compared, and never shown.
 */
export async function firstReports(
  store: EventStore,
  compiled: CompiledRule,
  { kept, times }: Pick<FoundRows, 'kept' | 'times'>,
): Promise<readonly Report[]> {
  const found = withoutRepeats(compiled, kept).map((row) => ({
    row,
    events: valuesOf(row[EVENTS_COLUMN]).map(Number),
  }));
  const ids = compiled.aggregating ? NO_IDS : await store.idsOf(found.flatMap(({ events }) => events));
  return found.map(({ row, events }) => {
    const event = ids.get(events[0] ?? 0) ?? null;
    return { ...findingOf(row, compiled, { event, times }), events };
  });
}

const NO_IDS: ReadonlyMap<EventNumber, string> = new Map();

/** The first report of each: a group of an aggregation belongs to its run; other rows are told apart by what they are about, and since when. */
export function withoutRepeats({ aggregating, rule, keys }: CompiledRule, rows: readonly Row[]): readonly Row[] {
  if (aggregating && !rule.newTerms) return rows;
  const seen = new Set<string>();
  return rows.filter((row) => {
    const about = aggregating ? keys : [EVENTS_COLUMN];
    const report = JSON.stringify([...about, FIRST_COLUMN].map((column) => plainValue(row[column] ?? null)));
    return !seen.has(report) && seen.add(report);
  });
}
