import type { Instant } from '#shared/base/time.ts';
import { EVENTS_COLUMN, FIRST_COLUMN, TICK_COLUMN } from '#shared/plan/plan.ts';
import { type Row, type Value, valuesOf } from '#shared/plan/value.ts';
import type { CompiledRule } from '#shared/rule/compiled-rule.ts';

/** A row beyond the rule's limit, of which no alert was made. */
export interface CutRow {
  readonly tick: Instant;
  readonly keys: Readonly<Record<string, Value>>;
  readonly events: number;
  readonly firstSeen: Instant;
}

export interface CutRows {
  readonly kept: readonly Row[];
  readonly cut: readonly CutRow[];
}

/**
 * Keeps of each run as many rows as the rule may alert on, the rarest and then the earliest. An ES|QL rule's rows come in
 * the order its query gives them; new terms know nothing of rarity, so theirs is by their number of events.
 */
export function cutToLimit(compiled: CompiledRule, rows: readonly Row[]): CutRows {
  const kept: Row[] = [];
  const cut: CutRow[] = [];
  for (const run of groupByTick(rows).values()) {
    const ordered =
      compiled.rule.type === 'new_terms' && run.length > compiled.limit ? run.toSorted(fewestEvents) : run;
    kept.push(...ordered.slice(0, compiled.limit));
    cut.push(...ordered.slice(compiled.limit).map((row) => cutRow(compiled, row)));
  }
  return { kept, cut };
}

/** Rows by the time of their run, in order of time. */
export function groupByTick(rows: readonly Row[]): ReadonlyMap<Instant, Row[]> {
  const runs = new Map<Instant, Row[]>();
  for (const row of rows) {
    const tick = Number(row[TICK_COLUMN]);
    const run = runs.get(tick);
    if (run) run.push(row);
    else runs.set(tick, [row]);
  }
  return runs;
}

/** A stable sort: among equals the order they came in, earliest first, stays. */
const fewestEvents = (left: Row, right: Row): number => eventsOf(left) - eventsOf(right);

const eventsOf = (row: Row): number => valuesOf(row[EVENTS_COLUMN]).length;

export const cutRow = ({ keys }: CompiledRule, row: Row): CutRow => ({
  tick: Number(row[TICK_COLUMN]),
  keys: Object.fromEntries(keys.map((key) => [key, row[key] ?? null])),
  events: eventsOf(row),
  firstSeen: Number(row[FIRST_COLUMN]),
});
