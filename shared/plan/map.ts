import { unreachable } from '#shared/base/assert.ts';
import type { Expression } from './expression.ts';
import type { Aggregate, NamedExpression, Plan, Step } from './plan.ts';

export type Change = (node: Expression) => Expression;

/** Rebuilds a tree from its leaves: `change` sees each node after its operands were changed. */
export function mapExpression(expression: Expression, change: Change): Expression {
  return change(withMappedOperands(expression, (child) => mapExpression(child, change)));
}

/**
 * The tree with other nodes where `replace` gives one: asked from the root down, and nothing below what was replaced. Its
 * counterpart for a step asks the same of every expression of the step.
 */
export function replaceNodes(expression: Expression, replace: Replacement): Expression {
  return replace(expression) ?? withMappedOperands(expression, (child) => replaceNodes(child, replace));
}

export const replaceNodesOf = (step: Step, replace: Replacement): Step =>
  mapStep(step, (expression) => replaceNodes(expression, replace));

/** Another node, or null where it may stay. */
export type Replacement = (node: Expression) => Expression | null;

/** Rebuilds every expression of a plan; see `mapExpression`. */
export const mapExpressions = (plan: Plan, change: Change): Plan => ({
  ...plan,
  steps: plan.steps.map((step) => mapStep(step, (expression) => mapExpression(expression, change))),
});

function withMappedOperands(node: Expression, map: Change): Expression {
  switch (node.kind) {
    case 'literal':
    case 'now':
    case 'column':
    case 'any':
    case 'nested':
      return node;
    case 'single':
    case 'extract':
    case 'replace':
    case 'dissect':
    case 'is-null':
      return { ...node, of: map(node.of) };
    case 'compare':
    case 'arithmetic':
      return { ...node, left: map(node.left), right: map(node.right) };
    case 'in':
      return { ...node, value: map(node.value), items: node.items.map(map) };
    case 'like':
    case 'regex':
      return { ...node, value: map(node.value) };
    case 'and':
    case 'or':
      return { ...node, operands: node.operands.map(map) };
    case 'not':
      return { ...node, operand: map(node.operand) };
    case 'call':
      return { ...node, args: node.args.map(map) };
    default:
      return unreachable(node);
  }
}

function mapStep(step: Step, map: Change): Step {
  const named = (column: NamedExpression): NamedExpression => ({ ...column, value: map(column.value) });
  const aggregate = (column: Aggregate): Aggregate => ({
    ...column,
    of: column.of && map(column.of),
    ...(column.by && { by: map(column.by) }),
    where: column.where && map(column.where),
  });
  switch (step.kind) {
    case 'filter':
      return { ...step, where: map(step.where) };
    case 'derive':
      return { ...step, columns: step.columns.map(named) };
    case 'aggregate':
      return { ...step, aggregates: step.aggregates.map(aggregate), keys: step.keys.map(named) };
    case 'inline-aggregate':
      return { ...step, aggregates: step.aggregates.map(aggregate) };
    case 'sort':
      return { ...step, by: step.by.map((key) => ({ ...key, value: map(key.value) })) };
    case 'ticks':
    case 'new-terms':
      return { ...step, time: map(step.time) };
    case 'keep':
    case 'drop':
    case 'rename':
    case 'limit':
    case 'expand':
      return step;
    default:
      return unreachable(step);
  }
}
