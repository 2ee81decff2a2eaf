import type { Span } from '#shared/base/diagnostic.ts';
import type { Node } from '#shared/lang/esql/syntax/ast.ts';
import type { Expression } from '#shared/plan/expression.ts';
import { commonType, isNumeric, typeOf } from '#shared/plan/types.ts';
import type { ValueType } from '#shared/plan/value.ts';
import { lowerSingle } from './cells.ts';
import { type Context, type Lowered, report, sourceOf, spanOf } from './context.ts';
import { monthsIn, monthsOf } from './literal.ts';
import { argumentLabel, labelOf, remedyForConstant } from './type-label.ts';

export function lowerArithmetic(node: Node & { readonly kind: 'arithmetic' }, context: Context): Lowered {
  const left = lowerSingle(node.left, context);
  const right = lowerSingle(node.right, context);
  if (!left || !right) return null;
  const type = arithmeticType(node.operator, typeOf(left), typeOf(right));
  const span = spanOf(node);
  const months = monthsIn(right) ?? (node.operator === '+' ? monthsIn(left) : null);
  const time = monthsIn(right) ? left : right;
  if (months && type === 'datetime')
    return addingMonths(time, Number(months.value) * (node.operator === '-' ? -1 : 1), span);
  if (months || monthsIn(left)) return reportOperands(node, left, right, context);
  if (type !== null) {
    return { kind: 'arithmetic', operator: node.operator, type, left, right, span };
  }
  return reportOperands(node, left, right, context);
}

const addingMonths = (time: Expression, months: number, span: Span): Expression => ({
  kind: 'call',
  name: 'add_months',
  type: 'datetime',
  args: [time, { kind: 'literal', type: 'long', value: months }],
  span,
});

/** Datetimes move by timespans; a datetime less a datetime is no value of the language. */
function arithmeticType(operator: string, left: ValueType, right: ValueType): ValueType | null {
  const additive = operator === '+' || operator === '-';
  if (additive && isOr(left, 'datetime') && right === 'span') return 'datetime';
  if (operator === '+' && left === 'span' && isOr(right, 'datetime')) return 'datetime';
  if (additive && left === 'span' && right === 'span') return 'span';
  if (additive && left === 'datetime' && right === 'null') return 'datetime';
  const common = commonType(left, right);
  return common !== null && (isNumeric(common) || common === 'null') ? common : null;
}

const isOr = (type: ValueType, wanted: ValueType): boolean => type === wanted || type === 'null';

function reportOperands(
  node: Node & { readonly kind: 'arithmetic' },
  left: Expression,
  right: Expression,
  context: Context,
): null {
  const text = sourceOf(context, node);
  const leftTakes = ['long', 'double', 'datetime', 'span'].includes(typeOf(left));
  const rightTakes = ['long', 'double', 'datetime', 'span'].includes(typeOf(right));
  if (leftTakes && rightTakes) {
    return report(context, node, {
      code: 'type-mismatch',
      message: `[${node.operator}] has arguments with incompatible types [${labelOf(left)}] and [${labelOf(right)}] in [${text}]`,
    });
  }
  const index = leftTakes ? 1 : 0;
  const culprit = leftTakes ? { node: node.right, type: right } : { node: node.left, type: left };
  return report(context, culprit.node, {
    code: 'type-mismatch',
    message: `${argumentLabel(index, 2, text)} must be [date_nanos, datetime or numeric], found value [${sourceOf(context, culprit.node)}] type [${labelOf(culprit.type)}]`,
    ...remedyForText(node.operator, culprit.type, typeOf(leftTakes ? left : right)),
  });
}

/** Other languages join texts with +, and write timespans as texts. */
function remedyForText(operator: string, text: Expression, other: ValueType): { readonly remedy?: string } {
  if (typeOf(text) !== 'string') return {};
  if (operator === '+' && other === 'string') return { remedy: 'Texts are joined by concat(…).' };
  return remedyForConstant(text, other);
}

export function lowerSign(node: Node & { readonly kind: 'sign' }, context: Context): Lowered {
  const operand = lowerSingle(node.operand, context);
  if (!operand) return null;
  const span = spanOf(node);
  const months = monthsIn(operand);
  if (months) return monthsOf(Number(months.value) * (node.sign === '-' ? -1 : 1), span);
  const type = typeOf(operand);
  if (!isNumeric(type) && type !== 'span' && type !== 'null') {
    return report(context, node.operand, {
      code: 'type-mismatch',
      message: `argument of [${sourceOf(context, node)}] must be [numeric], found value [${sourceOf(context, node.operand)}] type [${labelOf(operand)}]`,
    });
  }
  if (node.sign === '+' || type === 'null') return operand;
  if (operand.kind === 'literal' && (typeof operand.value === 'number' || typeof operand.value === 'bigint')) {
    return { ...operand, value: operand.value === 0 ? 0 : -operand.value, span };
  }
  const zero: Expression = { kind: 'literal', type, value: 0 };
  return { kind: 'arithmetic', operator: '-', type, left: zero, right: operand, span };
}
