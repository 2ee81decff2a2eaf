import { unreachable } from '#shared/base/assert.ts';
import type { ExplainedClause } from './explained-clause.ts';

/**
 * The few leaves that decided an explained filter, in its order, for a sentence. Of a filter that passed: all of an `and`, of
 * an `or` the first that passed; an exclusion that did not apply says something only where it is a single leaf. Of one
 * that did not: of an `and` the first that failed, of an `or` all; of a `not` what made its operand pass.
 */
export function decidingLeaves(clause: ExplainedClause): readonly ExplainedClause[] {
  const { children, operator, outcome } = clause;
  const passed = outcome === 'pass';
  switch (operator) {
    case 'leaf':
      return [clause];
    case 'and':
      return (passed ? children : firstOf(children, (child) => child.outcome === outcome)).flatMap(decidingLeaves);
    case 'or':
      return (passed ? firstOf(children, (child) => child.outcome === 'pass') : children).flatMap(decidingLeaves);
    case 'not':
      return passed ? exclusionOf(clause) : children.flatMap(decidingLeaves);
    default:
      return unreachable(operator);
  }
}

/** The `not` itself, with the field and values of its leaf; nothing for a whole list of exclusions. */
function exclusionOf(clause: ExplainedClause): readonly ExplainedClause[] {
  const [operand] = clause.children;
  return operand?.operator === 'leaf' ? [{ ...clause, field: operand.field, saw: operand.saw }] : [];
}

const firstOf = <Item>(items: readonly Item[], isWanted: (item: Item) => boolean): readonly Item[] =>
  items.filter(isWanted).slice(0, 1);
