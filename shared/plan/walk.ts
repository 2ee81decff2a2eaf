import { unreachable } from '#shared/base/assert.ts';
import type { Expression } from './expression.ts';
import type { Aggregate, Step } from './plan.ts';

/** The operands of a node, in reading order. */
export function childrenOf(expression: Expression): readonly Expression[] {
  switch (expression.kind) {
    case 'literal':
    case 'now':
    case 'column':
    case 'any':
    case 'nested':
      return [];
    case 'single':
    case 'extract':
    case 'replace':
    case 'dissect':
    case 'is-null':
      return [expression.of];
    case 'compare':
    case 'arithmetic':
      return [expression.left, expression.right];
    case 'in':
      return [expression.value, ...expression.items];
    case 'like':
    case 'regex':
      return [expression.value];
    case 'and':
    case 'or':
      return expression.operands;
    case 'not':
      return [expression.operand];
    case 'call':
      return expression.args;
    default:
      return unreachable(expression);
  }
}

/** Calls `visit` with every node, parents first. */
export function visitExpression(expression: Expression, visit: (node: Expression) => void): void {
  visit(expression);
  for (const child of childrenOf(expression)) visitExpression(child, visit);
}

const operandsOf = ({ of, by, where }: Aggregate): readonly Expression[] =>
  [of, by ?? null, where].filter((part) => part !== null);

/** The expressions at the top of a step, in reading order. */
export function expressionsOf(step: Step): readonly Expression[] {
  switch (step.kind) {
    case 'filter':
      return [step.where];
    case 'derive':
      return step.columns.map((column) => column.value);
    case 'aggregate':
      return [...step.aggregates.flatMap(operandsOf), ...step.keys.map((key) => key.value)];
    case 'inline-aggregate':
      return step.aggregates.flatMap(operandsOf);
    case 'sort':
      return step.by.map((key) => key.value);
    case 'ticks':
    case 'new-terms':
      return [step.time];
    case 'keep':
    case 'drop':
    case 'rename':
    case 'limit':
    case 'expand':
      return [];
    default:
      return unreachable(step);
  }
}
