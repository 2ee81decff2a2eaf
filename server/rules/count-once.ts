import type { EventNumber } from '#server/store/event-store.ts';
import { must } from '#shared/base/assert.ts';
import { sortedSet } from '#shared/base/order.ts';
import type { Instant } from '#shared/base/time.ts';
import { EVENTS_COLUMN, FIRST_COLUMN, LAST_COLUMN } from '#shared/plan/plan.ts';
import { cellOf, type Row, valuesOf } from '#shared/plan/value.ts';
import { CARDINALITY_COLUMN, COUNT_COLUMN, FROM_COLUMN, TO_COLUMN } from '#shared/rule/compile-threshold.ts';
import type { CompiledRule } from '#shared/rule/compiled-rule.ts';
import type { CountedEvent } from './counted-events.ts';
import { type CutRow, type CutRows, cutRow, groupByTick } from './cut.ts';
import { keysId } from './identity.ts';

/** Up to when the events of a group have been reported, by `keysId`: what alerts of earlier runs say. */
export type Reported = ReadonlyMap<string, Instant>;

/**
 * The rows of a threshold rule of which alerts are made. Once a group has alerted, its events up to the last one counted do
 * not count again (elastic/kibana `rule_types/threshold/get_threshold_bucket_filters`): run by run, what remains of each
 * group must reach the threshold. The largest groups of a run are kept; what is cut is not reported and counts again.
 */
export function countOnce(
  compiled: CompiledRule,
  rows: readonly Row[],
  reported: Reported,
  events: ReadonlyMap<EventNumber, CountedEvent>,
): CutRows {
  const upTo = new Map(reported);
  const kept: Row[] = [];
  const cut: CutRow[] = [];
  for (const run of groupByTick(rows).values()) {
    const over = run
      .map((row) => ({ id: groupOf(compiled, row), row }))
      .flatMap(({ id, row }) => {
        const left = withoutReported(compiled, row, upTo.get(id), events);
        return left ? [{ id, row: left }] : [];
      })
      // Stable: groups of one size stay in the order of their first events.
      .sort((left, right) => Number(right.row[COUNT_COLUMN]) - Number(left.row[COUNT_COLUMN]));
    for (const { id, row } of over.slice(0, compiled.limit)) {
      kept.push(row);
      upTo.set(id, Number(row[TO_COLUMN]));
    }
    cut.push(...over.slice(compiled.limit).map(({ row }) => cutRow(compiled, row)));
  }
  return { kept, cut };
}

/** Events that may have to be counted again: those of groups that were reported, or are seen by several runs. */
export function countedAgain(compiled: CompiledRule, rows: readonly Row[], reported: Reported): readonly EventNumber[] {
  const seen = new Set<string>(reported.keys());
  const again = new Set<string>();
  for (const row of rows) {
    const id = groupOf(compiled, row);
    if (seen.has(id)) again.add(id);
    seen.add(id);
  }
  return rows
    .filter((row) => again.has(groupOf(compiled, row)))
    .flatMap((row) => valuesOf(row[EVENTS_COLUMN]).map(Number));
}

const groupOf = ({ rule, keys }: CompiledRule, row: Row): string =>
  keysId({ rule: rule.slug, keys: Object.fromEntries(keys.map((key) => [key, row[key] ?? null])) });

/** The row over those events that are later; null where they do not reach the threshold. */
function withoutReported(
  { threshold }: CompiledRule,
  row: Row,
  upTo: Instant | undefined,
  events: ReadonlyMap<EventNumber, CountedEvent>,
): Row | null {
  if (upTo === undefined || Number(row[FROM_COLUMN]) > upTo) return row;
  if (Number(row[TO_COLUMN]) <= upTo) return null;
  const { value, cardinality } = must(threshold, 'threshold');
  const left = valuesOf(row[EVENTS_COLUMN])
    .map((number) => ({ number, ...must(events.get(Number(number)), `event ${number}`) }))
    .filter(({ at }) => at > upTo);
  const distinct = sortedSet(left.flatMap(({ values }) => values)).length;
  if (left.length < value || (cardinality && distinct < cardinality.value)) return null;
  const least = (of: (event: CountedEvent) => Instant) =>
    left.reduce((found, event) => Math.min(found, of(event)), Infinity);
  const most = (of: (event: CountedEvent) => Instant) =>
    left.reduce((found, event) => Math.max(found, of(event)), -Infinity);
  return {
    ...row,
    [COUNT_COLUMN]: left.length,
    ...(cardinality && { [CARDINALITY_COLUMN]: distinct }),
    [FROM_COLUMN]: least(({ at }) => at),
    [TO_COLUMN]: most(({ at }) => at),
    [EVENTS_COLUMN]: cellOf(left.map(({ number }) => number)),
    [FIRST_COLUMN]: least(({ timestamp }) => timestamp),
    [LAST_COLUMN]: most(({ timestamp }) => timestamp),
  };
}
