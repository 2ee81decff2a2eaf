import type { RunOptions } from '#server/store/event-store.ts';
import type { ReplayedAlerts } from '#server/tuning/replayed-alert.ts';
import { evaluateFilter } from '#shared/evaluate/evaluate.ts';
import { compileResultException, type ItemContext } from '#shared/exceptions/compile.ts';
import type { AnyEntry } from '#shared/exceptions/item.ts';
import type { ResultColumn } from '#shared/plan/result.ts';
import { valuesByColumn } from '#shared/plan/value.ts';
import type { EntryCounts } from './entry-counts.ts';

/** On results: the alerts that have a row which each entry holds for by itself. */
export function countRows(
  columns: readonly ResultColumn[],
  draft: ItemContext & { readonly entries: readonly AnyEntry[] },
  alerts: ReplayedAlerts,
  { now }: RunOptions,
): EntryCounts {
  const rows = [...alerts.values()].map((alert) => alert.rows.map(valuesByColumn));
  const entries = draft.entries.map((entry) => {
    const item = compileResultException([entry], columns, draft);
    const holding = item.ok
      ? rows.filter((some) => some.some((row) => evaluateFilter(item.value, row, now) === true))
      : [];
    return { events: null, alerts: holding.length };
  });
  return { ruleEvents: 0, matchedEvents: 0, entries };
}
