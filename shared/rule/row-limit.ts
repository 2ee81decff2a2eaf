import type { Expression } from '#shared/plan/expression.ts';
import { FIRST_COLUMN, type SortKey, type Step, TICK_COLUMN } from '#shared/plan/plan.ts';

/** ES|QL never returns more rows (elastic/elasticsearch `esql.query.result_truncation_max_size`); ours per run. */
export const ROWS_PER_RUN = 10_000;

/** Steps behind a limit that leave the number and order of rows alone: the limit may as well stand behind them. */
const HARMLESS = new Set(['keep', 'drop', 'derive', 'rename']);

/** A limit of all rows together; one of each group of rows chooses which rows there are. */
const isTotal = (step: Step): step is Step & { readonly kind: 'limit' } => step.kind === 'limit' && !step.per;

/**
 * Takes the limits at the end of a pipeline off, so that the rows beyond them are known too; `limit` is the least of them,
 * null where there is none.
 */
export function withoutClosingLimit(steps: readonly Step[]): {
  readonly steps: readonly Step[];
  readonly limit: number | null;
} {
  const end = steps.findLastIndex((step) => !HARMLESS.has(step.kind) && !isTotal(step)) + 1;
  const limits = steps.slice(end).flatMap((step) => (isTotal(step) ? [step.count] : []));
  return {
    steps: steps.filter((step, index) => index < end || step.kind !== 'limit'),
    limit: limits.length > 0 ? Math.min(...limits) : null,
  };
}

const FIRST: Expression = { kind: 'single', of: { kind: 'column', name: FIRST_COLUMN, type: 'datetime' } };
const EARLIEST: SortKey = { value: FIRST, direction: 'ascending', nulls: 'last' };

/**
 * Orders rows as the query does, and the earliest first where it does not say: of rows that are alike to it, a limit keeps
 * those seen first, one on the way as the one at the end.
 */
export function earliestFirst(steps: readonly Step[]): readonly Step[] {
  const grouped = steps.findLastIndex((step) => step.kind === 'aggregate');
  const cut = steps.findLastIndex((step) => step.kind === 'limit');
  if (cut <= grouped) return ordered(steps);
  const rest = steps.slice(cut);
  return [...earliestFirst(steps.slice(0, cut)), ...(rest.some((step) => step.kind === 'sort') ? ordered(rest) : rest)];
}

function ordered(steps: readonly Step[]): readonly Step[] {
  const at = steps.findLastIndex((step) => step.kind === 'sort');
  const sort = steps[at];
  const grouped = steps.findLastIndex((step) => step.kind === 'aggregate');
  if (sort?.kind !== 'sort' || at < grouped) return [...steps, { kind: 'sort', by: [EARLIEST] }];
  return steps.with(at, { ...sort, by: [...sort.by, EARLIEST] });
}

export const LIMIT_PER_RUN: Step = { kind: 'limit', count: ROWS_PER_RUN, per: [TICK_COLUMN] };
