import type { ExplainedClause } from '#shared/evaluate/explained-clause.ts';

/** Children that explain the outcome, and those that only did not contribute: the alternatives of an `or` that holds. */
export function splitClause(clause: ExplainedClause): {
  readonly telling: readonly ExplainedClause[];
  readonly idle: readonly ExplainedClause[];
} {
  if (clause.operator !== 'or' || clause.outcome !== 'pass') return { telling: clause.children, idle: [] };
  const telling = clause.children.filter(({ outcome }) => outcome === 'pass');
  return { telling, idle: clause.children.filter((child) => !telling.includes(child)) };
}

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
