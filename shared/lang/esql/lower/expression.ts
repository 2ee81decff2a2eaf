import { unreachable } from '#shared/base/assert.ts';
import type { Node } from '#shared/lang/esql/syntax/ast.ts';
import type { Expression } from '#shared/plan/expression.ts';
import { typeOf } from '#shared/plan/types.ts';
import { lowerArithmetic, lowerSign } from './arithmetic.ts';
import { lowerCall, lowerCast } from './call.ts';
import { lowerAll, lowerSingle } from './cells.ts';
import { lowerComparison, lowerMembership } from './comparison.ts';
import { type Context, type Lowered, report, sourceOf, spanOf } from './context.ts';
import { lowerList } from './list.ts';
import { lowerNumber, lowerTimespan } from './literal.ts';
import { lowerMatch } from './match.ts';
import { resolveColumn } from './name.ts';
import { lowerLike, lowerRlike } from './patterns.ts';
import { labelOf } from './type-label.ts';

/**
 * An expression of the language as the plan has it, typed. Where it names a column it means the whole cell; whatever takes
 * single values asks for `lowerSingle`.
 */
export function lowerExpression(node: Node, context: Context): Lowered {
  const span = spanOf(node);
  switch (node.kind) {
    case 'string':
      return { kind: 'literal', type: 'string', value: node.value, span };
    case 'number':
      return lowerNumber(node);
    case 'boolean':
      return { kind: 'literal', type: 'boolean', value: node.value, span };
    case 'null':
      return { kind: 'literal', type: 'null', value: null, span };
    case 'timespan':
      return lowerTimespan(node, context);
    case 'name': {
      if (context.nullify && !isKnown(node.name, context)) return { kind: 'literal', type: 'null', value: null, span };
      const column = resolveColumn(node.name, node, context);
      return column && { kind: 'column', ...column, span };
    }
    case 'call':
      return lowerCall(node, context);
    case 'cast':
      return lowerCast(node, context);
    case 'compare':
      return lowerComparison(node, context);
    case 'in':
      return negatedIf(node.negated, lowerMembership(node, context));
    case 'like':
      return negatedIf(node.negated, lowerLike(node, context));
    case 'rlike':
      return negatedIf(node.negated, lowerRlike(node, context));
    case 'is-null': {
      const of = lowerStored(node.of, 'IS NULL', context);
      return of && negatedIf(node.negated, { kind: 'is-null', of, span });
    }
    case 'and':
    case 'or': {
      const operands = lowerAll(node.operands, (operand) => lowerOperand(operand, node, context));
      return operands && { kind: node.kind, operands, span };
    }
    case 'not': {
      const operand = lowerOperand(node.operand, node, context);
      return operand && { kind: 'not', operand, span };
    }
    case 'sign':
      return lowerSign(node, context);
    case 'arithmetic':
      return lowerArithmetic(node, context);
    case 'match':
      return lowerMatch(node, context);
    case 'list':
      return lowerList(node, context);
    default:
      return unreachable(node);
  }
}

const isKnown = (name: string, { scope }: Context): boolean =>
  scope.broken.has(name) || scope.columns.some((column) => column.name === name);

/** A single true, false or null; `whole` is the operator that wants it. */
function lowerOperand(node: Node, whole: Node, context: Context): Lowered {
  const lowered = lowerSingle(node, context);
  if (!lowered || isLogical(lowered)) return lowered;
  return report(context, node, {
    code: 'type-mismatch',
    message: `argument of [${sourceOf(context, whole)}] must be [boolean], found value [${sourceOf(context, node)}] type [${labelOf(lowered)}]`,
    remedy:
      node.kind === 'string' ? 'Each value is compared for itself: x == "a" OR x == "b", or x IN ("a", "b").' : COMPARE,
  });
}

const COMPARE = 'Compare it with a value, or ask IS NOT NULL.';

/** A condition of WHERE. */
export function lowerCondition(node: Node, context: Context): Lowered {
  const lowered = lowerSingle(node, context);
  if (!lowered || isLogical(lowered)) return lowered;
  return report(context, node, {
    code: 'type-mismatch',
    message: `Condition expression needs to be boolean, found [${labelOf(lowered)}]`,
    remedy: COMPARE,
  });
}

/** An expression whose value a row keeps or is ordered by: timespans are only steps on the way to one. */
export function lowerStored(node: Node, command: string, context: Context): Lowered {
  const value = lowerExpression(node, context);
  if (!value || typeOf(value) !== 'span') return value;
  return report(context, node, {
    code: 'type-mismatch',
    message: `${command} does not support type [time_duration] as the return data type of expression [${sourceOf(context, node)}]`,
  });
}

const isLogical = (expression: Expression): boolean => ['boolean', 'null'].includes(typeOf(expression));

const negatedIf = (negated: boolean, lowered: Lowered): Lowered =>
  lowered && negated ? { kind: 'not', operand: lowered, ...(lowered.span && { span: lowered.span }) } : lowered;
