import type { ExplainedClause } from '#shared/api/alerts.ts';

/**
 * Whether a branch helps to understand its parent's outcome and is shown open: what made an `or` hold or an `and` fail.
 * The many alternatives that did not hold stay folded.
 */
export function isWorthOpening(parent: ExplainedClause, child: ExplainedClause): boolean {
  if (child.operator === 'leaf') return true;
  if (parent.operator === 'or') return child.outcome === 'pass';
  if (parent.operator === 'and') return parent.outcome === 'pass' ? child.operator !== 'not' : child.outcome !== 'pass';
  return false;
}
