import type { Node } from '#shared/lang/esql/syntax/ast.ts';
import type { Expression } from '#shared/plan/expression.ts';
import { commonType, typeOf } from '#shared/plan/types.ts';
import type { ValueType } from '#shared/plan/value.ts';
import { addressKey } from './address-key.ts';
import { lowerAll, lowerSingle } from './cells.ts';
import { type Context, type Lowered, report, sourceOf, spanOf } from './context.ts';
import { doubtComparison, doubtStar } from './doubts.ts';
import { readAs } from './literal.ts';
import { familyLabel, labelOf, ordinal, remedyForConstant } from './type-label.ts';

export function lowerComparison(node: Node & { readonly kind: 'compare' }, context: Context): Lowered {
  const written = { left: lowerSingle(node.left, context), right: lowerSingle(node.right, context) };
  if (!written.left || !written.right) return null;
  const left = readAs(written.left, typeOf(written.right), context);
  const right = readAs(written.right, typeOf(written.left), context);
  if (!left || !right) return null;
  const type = comparable(node, [left, right], context);
  if (type === null) return null;
  if (node.operator !== '==' && node.operator !== '!=' && UNORDERED.has(type)) {
    return report(context, node, {
      code: 'type-mismatch',
      message: `[${node.operator}] does not compare values of type [${familyLabel(type)}] in [${sourceOf(context, node)}]`,
    });
  }
  doubtComparison(node, context);
  const isOrdered = type === 'ip' && node.operator !== '==' && node.operator !== '!=';
  const [one, other] = isOrdered ? [addressKey(left), addressKey(right)] : [left, right];
  return { kind: 'compare', operator: node.operator, left: one, right: other, span: spanOf(node) };
}

/** Booleans have no order, nor have points. */
const UNORDERED: ReadonlySet<ValueType> = new Set<ValueType>(['boolean', 'geo_point']);

/** The type that both sides compare as; null, and reported, where they do not. `index` counts the right side among the arguments. */
function comparable(
  node: Node,
  [left, right]: readonly [Expression, Expression],
  context: Context,
  { at, index }: { readonly at: Node; readonly index: number } = { at: node, index: 1 },
): ValueType | null {
  const type = commonType(typeOf(left), typeOf(right));
  if (type === 'span') {
    return report(context, node, {
      code: 'type-mismatch',
      message: `Timespans do not compare in [${sourceOf(context, node)}]`,
    });
  }
  if (type !== null) return type;
  const family = familyLabel(typeOf(left));
  return report(context, at, {
    code: 'type-mismatch',
    message: `first argument of [${sourceOf(context, node)}] is [${family}] so ${ordinal(index)} argument must also be [${family}] but was [${labelOf(right)}]`,
    ...remedyForConstant(right, typeOf(left)),
    ...remedyForConstant(left, typeOf(right)),
  });
}

export function lowerMembership(node: Node & { readonly kind: 'in' }, context: Context): Lowered {
  const value = lowerSingle(node.value, context);
  const items = lowerAll(node.items, (item, index) => {
    const lowered = lowerSingle(item, context);
    const read = lowered && value && readAs(lowered, typeOf(value), context);
    return read && comparable(node, [value, read], context, { at: item, index: index + 1 }) !== null ? read : null;
  });
  if (!value || !items) return null;
  for (const item of node.items) doubtStar(item, context);
  return { kind: 'in', value, items, span: spanOf(node) };
}
