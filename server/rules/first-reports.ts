import type { EventNumber, EventStore } from '#server/store/event-store.ts';
import { EVENTS_COLUMN } from '#shared/plan/plan.ts';
import { valuesOf } from '#shared/plan/value.ts';
import type { CompiledRule } from '#shared/rule/compiled-rule.ts';
import type { CutRows } from './cut.ts';
import { type DraftContext, type Finding, findingOf } from './draft.ts';

/** An occurrence as the first run that saw it would report it. */
export interface Report extends Finding {
  readonly events: readonly EventNumber[];
}

/**
 * What alerts are made of, without what only they need: of its events each has the numbers alone. Most of a replay is counted and
 * compared, and never shown.
 */
export async function firstReports(
  store: EventStore,
  compiled: CompiledRule,
  { kept, times }: Pick<CutRows, 'kept'> & Pick<DraftContext, 'times'>,
): Promise<readonly Report[]> {
  const found = kept.map((row) => ({ row, events: valuesOf(row[EVENTS_COLUMN]).map(Number) }));
  const ids = compiled.aggregating ? NO_IDS : await store.idsOf(found.flatMap(({ events }) => events));
  return found.map(({ row, events }) => {
    const event = ids.get(events[0] ?? 0) ?? null;
    return { ...findingOf(row, compiled, { event, times }), events };
  });
}

const NO_IDS: ReadonlyMap<EventNumber, string> = new Map();
