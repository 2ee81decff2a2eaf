import type { CutRow } from '#server/rules/cut.ts';
import type { Author } from '#server/state/activity.ts';
import { newId } from '#server/state/ids.ts';
import type { StateTransaction } from '#server/state/open-state.ts';
import type { AlertDraft } from '#shared/alert/draft.ts';
import type { RuleRun } from '#shared/api/rules.ts';
import { formatInstant, type Instant } from '#shared/base/time.ts';
import type { Rule } from '#shared/rule/rule.ts';
import { raiseAlerts } from './raise.ts';
import { readableKeys } from './readable-keys.ts';
import { insertRun, readRuns } from './runs.ts';

/** One evaluation of one rule, before it is written down: a failed one has found nothing. */
export interface Evaluation {
  readonly rule: Rule;
  readonly kind: RuleRun['kind'];
  readonly window: { readonly from: Instant; readonly to: Instant };
  readonly startedAt: Instant;
  readonly durationMs: number;
  readonly drafts: readonly AlertDraft[];
  /** Events in the stretch it looked at; null where that is not known. */
  readonly eventsScanned: number | null;
  readonly eventsMatched: number;
  readonly cut: readonly CutRow[];
  readonly skipped: readonly RuleRun['skipped'][number][];
  readonly warnings: readonly string[];
  readonly error: string | null;
}

/** Raises what evaluations have found, and logs them; to be called in one transaction with whatever asked for them. */
export async function commitEvaluations(
  transaction: StateTransaction,
  author: Author,
  evaluations: readonly Evaluation[],
): Promise<RuleRun[]> {
  const runs: RuleRun[] = [];
  for (const evaluation of evaluations) {
    const { raised, recurred } = await raiseAlerts(transaction, author, evaluation.rule, evaluation.drafts);
    const run = runOf(evaluation, newId(author.now), raised, recurred);
    await insertRun(transaction, run);
    runs.push(run);
  }
  return runs;
}

/**
 * Raises what evaluations of newly arrived events have found. They come several times a second: only those that changed
 * something are logged, and of failures that follow each other the first of each reason. Tells whether one was.
 */
export async function commitArrivals(
  transaction: StateTransaction,
  author: Author,
  evaluations: readonly Evaluation[],
): Promise<boolean> {
  let changed = false;
  for (const evaluation of evaluations) {
    const { raised, recurred } = await raiseAlerts(transaction, author, evaluation.rule, evaluation.drafts);
    if (raised + recurred === 0 && (await isNoNews(transaction, evaluation))) continue;
    await insertRun(transaction, runOf(evaluation, newId(author.now), raised, recurred));
    changed = true;
  }
  return changed;
}

/** Whether nothing went wrong, or what went wrong the last time already. */
async function isNoNews(transaction: StateTransaction, { rule, error }: Evaluation): Promise<boolean> {
  if (error === null) return true;
  const [last] = await readRuns(transaction, rule.slug, 1);
  return last?.error === error;
}

/** Rows beyond the limit that the log names. */
const CUT_ROWS = 20;

function runOf(evaluation: Evaluation, id: string, alertsRaised: number, alertsRecurred: number): RuleRun {
  const { rule, drafts: _drafts, window, startedAt, cut, ...kept } = evaluation;
  return {
    ...kept,
    id,
    rule: rule.slug,
    status: kept.error === null ? 'succeeded' : 'failed',
    window: { from: formatInstant(window.from), to: formatInstant(window.to) },
    startedAt: formatInstant(startedAt),
    cut: cut.length,
    cutRows: cut
      .slice(0, CUT_ROWS)
      .map(({ tick, keys, events }) => ({ at: formatInstant(tick), keys: readableKeys(keys), events })),
    skipped: [...kept.skipped],
    warnings: [...kept.warnings],
    alertsRaised,
    alertsRecurred,
  };
}
