import type { Expression } from '#shared/plan/expression.ts';
import { replaceNodes } from '#shared/plan/map.ts';
import type { NamedExpression } from '#shared/plan/plan.ts';
import { typeOf } from '#shared/plan/types.ts';
import { childrenOf } from '#shared/plan/walk.ts';

/** How many levels of an expression are looked at in one statement's columns: each is written out once for every level above. */
const MOST_LEVELS = 12;

/**
 * An expression as columns of few levels, each of which may name those before it, and what is left over them. `nameOf` gives
 * each its name. Values of a choice stay in it: whether they are looked at at all is its own matter.
 */
export function asShallow(
  expression: Expression,
  nameOf: () => string,
): { readonly columns: readonly NamedExpression[]; readonly rest: Expression } {
  const columns: NamedExpression[] = [];
  let rest = expression;
  for (;;) {
    const levels = levelsBelow(rest);
    if ((levels.get(rest) ?? 0) <= MOST_LEVELS) return { columns, rest };
    const before = columns.length;
    rest = replaceNodes(rest, (node) => {
      if (isChoice(node)) return node;
      if (levels.get(node) !== MOST_LEVELS) return null;
      const name = nameOf();
      columns.push({ name, value: node });
      return { kind: 'column', name, type: typeOf(node), ...(node.span && { span: node.span }) };
    });
    if (columns.length === before) return { columns, rest };
  }
}

const isChoice = (node: Expression): boolean =>
  node.kind === 'call' && (node.name === 'case' || node.name === 'coalesce');

/** By node, how many levels it has; where a node stands in several places, they are the same everywhere. */
function levelsBelow(expression: Expression): ReadonlyMap<Expression, number> {
  const levels = new Map<Expression, number>();
  const measure = (node: Expression): number => {
    const known = levels.get(node);
    if (known !== undefined) return known;
    const own = 1 + childrenOf(node).reduce((most, child) => Math.max(most, measure(child)), 0);
    levels.set(node, own);
    return own;
  };
  measure(expression);
  return levels;
}
