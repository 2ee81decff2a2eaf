import type { EventStore, RunOptions } from '#server/store/event-store.ts';
import type { AlertDraft } from '#shared/alert/draft.ts';
import { type Diagnostic, formatDiagnostic } from '#shared/base/diagnostic.ts';
import { formatInstant, type Instant } from '#shared/base/time.ts';
import type { Ticks } from '#shared/plan/plan.ts';
import type { EvaluationWarning } from '#shared/plan/result.ts';
import type { Row } from '#shared/plan/value.ts';
import type { CompiledRule } from '#shared/rule/compiled-rule.ts';
import { doubtColumn, MATCHED_COLUMN } from '#shared/rule/doubts.ts';
import { ROWS_PER_RUN } from '#shared/rule/row-limit.ts';
import type { CutRow } from './cut.ts';
import { askWhole, draftsOf, type EarlierReports, type FoundRows, foundRows } from './found-rows.ts';

/** Events a rule could not judge, and why: `host.id is missing`. */
interface SkippedEvents {
  readonly reason: string;
  readonly events: number;
}

/** What one or more runs of a rule found. */
export interface RunOutcome {
  /** Run by run; within a run, the rows the rule ranks first come first. */
  readonly drafts: readonly AlertDraft[];
  /** Rows beyond the rule's limit, up to `ROWS_PER_RUN` a run. */
  readonly cut: readonly CutRow[];
  /** Over the stretch of time that the runs looked at; an event may have several reasons. */
  readonly skipped: readonly SkippedEvents[];
  readonly warnings: readonly string[];
  /** Events in that stretch that pass the rule's filter, exceptions or not. */
  readonly eventsMatched: number;
}

/** What of a rule this store cannot evaluate; a rule with such a gap must not be run. */
export const checkRule = (store: EventStore, compiled: CompiledRule): readonly Diagnostic[] =>
  store.check(compiled.plan({ first: 0, last: 0, interval: compiled.rule.interval }));

interface RunChoices extends EarlierReports {
  readonly signal?: AbortSignal;
  /** Where the runs find nothing, what they matched and skipped is not counted: all of it is 0. */
  readonly findingsOnly?: boolean;
}

export interface DraftChoices extends RunChoices {
  /** False: what alerts say of their processes is not asked for, and empty. */
  readonly subjects?: boolean;
}

/**
 * Runs a rule at these times, exactly as that many single runs would, in one pass: what several of them see, the first reports. Rejects
 * where the store cannot give a whole answer: a partial one would look like fewer alerts.
 */
export async function runRule(
  store: EventStore,
  compiled: CompiledRule,
  ticks: Ticks,
  { subjects, ...choices }: DraftChoices = {},
): Promise<RunOutcome> {
  const { found, ...outcome } = await runForRows(store, compiled, ticks, choices);
  const { signal } = choices;
  const options = { ...(signal && { signal }), now: ticks.last, ...(subjects === false && { fields: [] }) };
  return { ...outcome, drafts: await draftsOf(store, compiled, found, options) };
}

interface RowsOutcome extends Omit<RunOutcome, 'drafts'> {
  readonly found: FoundRows;
}

/** The same without what alerts need to know of the events behind the rows. */
export async function runForRows(
  store: EventStore,
  compiled: CompiledRule,
  ticks: Ticks,
  { reported, known, findingsOnly = false, ...options }: RunChoices = {},
): Promise<RowsOutcome> {
  const asked: RunOptions = { ...options, now: ticks.last };
  const earlier = { ...(reported && { reported }), ...(known && { known }) };
  const finding = foundRows(store, compiled, ticks, earlier, asked);
  const isNeedless = findingsOnly && isNothing(await finding);
  const [found, [counts = {}]] = await Promise.all([
    finding,
    isNeedless ? [] : countsOf(store, compiled, ticks, asked),
  ]);
  return {
    found,
    cut: found.cut,
    skipped: compiled.doubts
      .map(({ reason }, index) => ({ reason, events: Number(counts[doubtColumn(index)] ?? 0) }))
      .filter(({ events }) => events > 0),
    warnings: warningsOf(compiled, found.warnings, found.cut),
    eventsMatched: Number(counts[MATCHED_COLUMN] ?? 0),
  };
}

const isNothing = ({ kept, cut }: FoundRows): boolean => kept.length + cut.length === 0;

const countsOf = async (
  store: EventStore,
  compiled: CompiledRule,
  ticks: Ticks,
  options: RunOptions,
): Promise<readonly Row[]> => (await askWhole(store, compiled.counting(ticks), options)).rows;

function warningsOf(
  { rule, limit, warnings }: CompiledRule,
  evaluation: readonly EvaluationWarning[],
  cut: readonly CutRow[],
): readonly string[] {
  return [
    ...warnings.map((warning) => formatDiagnostic(rule.query, warning)),
    ...evaluation.map(({ message, rows }) => `${message} (${rows} ${rows === 1 ? 'row' : 'rows'})`),
    ...[...countByTick(cut)].map(([tick, rows]) => {
      const more = rows + limit >= ROWS_PER_RUN ? ' or more' : '';
      return `The run at ${formatInstant(tick)} found ${rows}${more} rows beyond the limit of ${limit} alerts.`;
    }),
  ];
}

function countByTick(cut: readonly CutRow[]): ReadonlyMap<Instant, number> {
  const counts = new Map<Instant, number>();
  for (const { tick } of cut) counts.set(tick, (counts.get(tick) ?? 0) + 1);
  return counts;
}
