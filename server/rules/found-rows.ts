import type { EventStore, RunOptions } from '#server/store/event-store.ts';
import type { AlertDraft } from '#shared/alert/draft.ts';
import type { Instant } from '#shared/base/time.ts';
import { EVENTS_COLUMN, isHidden, type Plan, TICK_COLUMN, type Ticks } from '#shared/plan/plan.ts';
import type { EvaluationWarning, PlanResult } from '#shared/plan/result.ts';
import { type Row, valuesOf } from '#shared/plan/value.ts';
import type { CompiledRule } from '#shared/rule/compiled-rule.ts';
import { concern } from '#shared/rule/doubts.ts';
import { countedAgain, countOnce, type Reported } from './count-once.ts';
import { loadCountedEvents } from './counted-events.ts';
import { type CutRows, cutToLimit } from './cut.ts';
import { draftOf } from './draft.ts';
import { type FactOptions, loadEventFacts } from './event-facts.ts';
import { firstReports } from './first-reports.ts';
import { occurrenceId } from './identity.ts';

/** What runs of a rule found, before anything is known of the events behind it. */
export interface FoundRows extends CutRows {
  /** The query's own columns that hold times. */
  readonly times: ReadonlySet<string>;
  readonly warnings: readonly EvaluationWarning[];
}

/** Which of these occurrences alerts know from runs at other times than this. */
export type KnownOccurrences = (ids: readonly string[], tick: Instant) => Promise<ReadonlySet<string>>;

/** What runs before these, or between them, have reported; nothing where it is not given. */
export interface EarlierReports {
  /** For threshold rules. */
  readonly reported?: Reported;
  /** For rules whose overlapping runs report the same: asked only of a run that finds more than its limit. */
  readonly known?: KnownOccurrences;
}

export async function foundRows(
  store: EventStore,
  compiled: CompiledRule,
  ticks: Ticks,
  earlier: EarlierReports,
  options: RunOptions,
): Promise<FoundRows> {
  const { rows, columns, warnings } = await askWhole(store, compiled.plan(ticks), {
    ...options,
    text: compiled.rule.query,
  });
  const times = new Set(columns.flatMap(({ name, type }) => (type === 'datetime' && !isHidden(name) ? [name] : [])));
  return { ...(await rowsToReport(store, compiled, { rows, times }, earlier, options)), times, warnings };
}

/** The answer to a plan; rejects where the store cannot give all of it. */
export async function askWhole(store: EventStore, plan: Plan, options: RunOptions): Promise<PlanResult> {
  const result = await store.run(plan, options);
  if (result.completeness !== 'complete') throw new Error(`The store gave a ${result.completeness} answer.`);
  return result;
}

interface Answer {
  readonly rows: readonly Row[];
  readonly times: ReadonlySet<string>;
}

async function rowsToReport(
  store: EventStore,
  compiled: CompiledRule,
  { rows, times }: Answer,
  { reported = NEVER, known }: EarlierReports,
  options: RunOptions,
): Promise<CutRows> {
  if (!compiled.threshold) {
    return cutToLimit(compiled, rows, async (run) =>
      known ? knownRows(store, compiled, { rows: run, times }, known) : NO_ROWS,
    );
  }
  const again = countedAgain(compiled, rows, reported);
  return countOnce(compiled, rows, reported, await loadCountedEvents(store, compiled, again, options));
}

const NEVER: Reported = new Map();
const NO_ROWS: ReadonlySet<Row> = new Set();

/** Those of one run's rows whose occurrence is known. */
async function knownRows(
  store: EventStore,
  compiled: CompiledRule,
  { rows, times }: Answer,
  known: KnownOccurrences,
): Promise<ReadonlySet<Row>> {
  const ids = (await firstReports(store, compiled, { kept: rows, times })).map(occurrenceId);
  const found = await known(ids, Number(rows[0]?.[TICK_COLUMN]));
  return new Set(rows.filter((_, index) => found.has(ids[index] ?? '')));
}

/** The rows as alerts to be. */
export async function draftsOf(
  store: EventStore,
  compiled: CompiledRule,
  { kept, times }: Pick<FoundRows, 'kept' | 'times'>,
  options: FactOptions,
): Promise<readonly AlertDraft[]> {
  const [facts, dataFrom] = await Promise.all([
    loadEventFacts(
      store,
      kept.flatMap((row) => valuesOf(row[EVENTS_COLUMN]).map(Number)),
      { ...options, among: concern(compiled) },
    ),
    compiled.rule.newTerms && kept.length > 0 ? startOfData(store) : null,
  ]);
  return kept.map((row) => draftOf(row, { compiled, facts, dataFrom, times }));
}

/** Time of the first event in the store; null where it is empty. */
const startOfData = async (store: EventStore): Promise<Instant | null> =>
  (await store.statistics()).window?.from ?? null;
