import type { EventStore, RunOptions } from '#server/store/event-store.ts';
import type { AlertDraft } from '#shared/alert/draft.ts';
import type { Instant } from '#shared/base/time.ts';
import { EVENTS_COLUMN, isHidden, type Plan, type Ticks } from '#shared/plan/plan.ts';
import type { EvaluationWarning, PlanResult } from '#shared/plan/result.ts';
import { type Row, valuesOf } from '#shared/plan/value.ts';
import type { CompiledRule } from '#shared/rule/compiled-rule.ts';
import { concern } from '#shared/rule/doubts.ts';
import { countedAgain, countOnce, type Reported } from './count-once.ts';
import { loadCountedEvents } from './counted-events.ts';
import { type CutRows, cutToLimit } from './cut.ts';
import { draftOf } from './draft.ts';
import { type FactOptions, loadEventFacts } from './event-facts.ts';

/** What runs of a rule found, before anything is known of the events behind it. */
export interface FoundRows extends CutRows {
  /** The query's own columns that hold times. */
  readonly times: ReadonlySet<string>;
  readonly warnings: readonly EvaluationWarning[];
}

export async function foundRows(
  store: EventStore,
  compiled: CompiledRule,
  ticks: Ticks,
  reported: Reported,
  options: RunOptions,
): Promise<FoundRows> {
  const { rows, columns, warnings } = await askWhole(store, compiled.plan(ticks), options);
  return {
    ...(await rowsToReport(store, compiled, rows, reported, options)),
    times: new Set(columns.flatMap(({ name, type }) => (type === 'datetime' && !isHidden(name) ? [name] : []))),
    warnings,
  };
}

/** The answer to a plan; rejects where the store cannot give all of it. */
export async function askWhole(store: EventStore, plan: Plan, options: RunOptions): Promise<PlanResult> {
  const result = await store.run(plan, options);
  if (result.completeness !== 'complete') throw new Error(`The store gave a ${result.completeness} answer.`);
  return result;
}

async function rowsToReport(
  store: EventStore,
  compiled: CompiledRule,
  rows: readonly Row[],
  reported: Reported,
  options: RunOptions,
): Promise<CutRows> {
  if (!compiled.threshold) return cutToLimit(compiled, rows);
  const again = countedAgain(compiled, rows, reported);
  return countOnce(compiled, rows, reported, await loadCountedEvents(store, compiled, again, options));
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
