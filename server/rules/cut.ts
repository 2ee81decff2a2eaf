import type { Instant } from '#shared/base/time.ts';
import { EVENTS_COLUMN, FIRST_COLUMN, TICK_COLUMN } from '#shared/plan/plan.ts';
import { plainValue, type Row, type Value, valuesOf } from '#shared/plan/value.ts';
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

/** Which of the rows of one run are reported already, by runs at other times. */
export type ReportedRows = (rows: readonly Row[]) => Promise<ReadonlySet<Row>>;

/**
 * Keeps of each run as many rows as the rule may alert on, the rarest and then the earliest. An ES|QL rule's rows come in
 * the order its query gives them; new terms know nothing of rarity, so theirs is by their number of events.
 *
 * What another run has reported is left out before, and takes no place (elastic/kibana
 * `x-pack/platform/plugins/shared/rule_registry/server/utils/create_persistence_rule_type_wrapper.ts`): what was cut comes up as long as
 * windows hold it. Runs that are not among these are asked only where there is more than the limit.
 */
export async function cutToLimit(
  compiled: CompiledRule,
  rows: readonly Row[],
  reportedElsewhere: ReportedRows,
): Promise<CutRows> {
  const kept: Row[] = [];
  const cut: CutRow[] = [];
  const reported = new Set<string>();
  for (const run of groupByTick(rows).values()) {
    const found = firstOfEach(compiled, run).filter(({ report }) => report === null || !reported.has(report));
    const left = found.length > compiled.limit ? await without(found, reportedElsewhere) : found;
    const isOver = compiled.rule.type === 'new_terms' && left.length > compiled.limit;
    const ordered = isOver ? left.toSorted(fewestEvents) : left;
    for (const { row, report } of ordered.slice(0, compiled.limit)) {
      kept.push(row);
      if (report !== null) reported.add(report);
    }
    cut.push(...ordered.slice(compiled.limit).map(({ row }) => cutRow(compiled, row)));
  }
  return { kept, cut };
}

interface FoundRow {
  readonly row: Row;
  /** What other rows about the same share, whichever run they are of; null where each is of its own. */
  readonly report: string | null;
}

/** A group of an aggregation belongs to its run; other rows are told apart by what they are about, and since when. */
function firstOfEach({ aggregating, rule, keys }: CompiledRule, run: readonly Row[]): readonly FoundRow[] {
  if (aggregating && !rule.newTerms) return run.map((row) => ({ row, report: null }));
  const about = [...(aggregating ? keys : [EVENTS_COLUMN]), FIRST_COLUMN];
  const first = new Map<string, FoundRow>();
  for (const row of run) {
    const report = JSON.stringify(about.map((column) => plainValue(row[column] ?? null)));
    if (!first.has(report)) first.set(report, { row, report });
  }
  return [...first.values()];
}

async function without(found: readonly FoundRow[], reportedElsewhere: ReportedRows): Promise<readonly FoundRow[]> {
  const asked = found.flatMap(({ row, report }) => (report === null ? [] : [row]));
  const known = asked.length > 0 ? await reportedElsewhere(asked) : new Set<Row>();
  return found.filter(({ row }) => !known.has(row));
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
const fewestEvents = (left: FoundRow, right: FoundRow): number => eventsOf(left.row) - eventsOf(right.row);

const eventsOf = (row: Row): number => valuesOf(row[EVENTS_COLUMN]).length;

export const cutRow = ({ keys }: CompiledRule, row: Row): CutRow => ({
  tick: Number(row[TICK_COLUMN]),
  keys: Object.fromEntries(keys.map((key) => [key, row[key] ?? null])),
  events: eventsOf(row),
  firstSeen: Number(row[FIRST_COLUMN]),
});
