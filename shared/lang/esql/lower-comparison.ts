import type { Expression } from '#shared/plan/expression.ts';
import { literalOf, type Pattern } from '#shared/plan/pattern.ts';
import { commonType, typeOf } from '#shared/plan/types.ts';
import type { ValueType } from '#shared/plan/value.ts';
import type { Node, StringLiteral } from './ast.ts';
import { lowerAll, lowerSingle, single } from './cells.ts';
import { type Context, type Lowered, report, sourceOf, spanOf } from './context.ts';
import { matchesAll, parseLikePattern } from './like-pattern.ts';
import { readAs } from './lower-literal.ts';
import { familyLabel, labelOf, ordinal } from './type-label.ts';

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
  return { kind: 'compare', operator: node.operator, left, right, span: spanOf(node) };
}

/** Order of addresses is not that of their text, and booleans have none. */
const UNORDERED: ReadonlySet<ValueType> = new Set<ValueType>(['boolean', 'ip']);

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
  });
}

export function lowerMembership(node: Node & { readonly kind: 'in' }, context: Context): Lowered {
  const value = lowerSingle(node.value, context);
  const items = lowerAll(node.items, (item, index) => {
    const lowered = lowerSingle(item, context);
    const read = lowered && value && readAs(lowered, typeOf(value), context);
    return read && comparable(node, [value, read], context, { at: item, index: index + 1 }) !== null ? read : null;
  });
  return value && items && { kind: 'in', value, items, span: spanOf(node) };
}

/**
 * LIKE, with what Elasticsearch's optimizer makes of it (rule `ReplaceRegexMatch`): a pattern that matches all asks whether
 * there is a value, also where there are several; one without wildcards is equality.
 */
export function lowerLike(node: Node & { readonly kind: 'like' }, context: Context): Lowered {
  const cell = context.lower(node.value, context);
  const patterns = node.patterns.map((pattern) => lowerPattern(pattern, context));
  if (!cell || !patterns.every((pattern) => pattern !== null)) return null;
  if (!['string', 'null'].includes(typeOf(cell))) {
    const value = sourceOf(context, node.value);
    return report(context, node.value, {
      code: 'type-mismatch',
      message: `argument of [${sourceOf(context, node)}] must be [string], found value [${value}] type [${labelOf(cell)}]`,
    });
  }
  const span = spanOf(node);
  if (patterns.every(matchesAll)) {
    return { kind: 'not', operand: { kind: 'is-null', of: cell, span }, span };
  }
  const value = single(cell);
  const literals = patterns.map(literalOf);
  if (!literals.every((literal) => literal !== null)) return { kind: 'like', value, patterns, span };
  const items = literals.map((literal): Expression => ({ kind: 'literal', type: 'string', value: literal }));
  const [only] = items;
  return only && items.length === 1
    ? { kind: 'compare', operator: '==', left: value, right: only, span }
    : { kind: 'in', value, items, span };
}

function lowerPattern(literal: StringLiteral, context: Context): Pattern | null {
  const pattern = parseLikePattern(literal.value);
  if (pattern.ok) return pattern.value;
  return report(context, literal, {
    code: 'invalid-pattern',
    message: `Invalid pattern for LIKE [${literal.value}]: [Invalid sequence - escape character is not followed by special wildcard char]`,
    remedy: 'A backslash stands only before *, ? or another backslash, and is doubled in "…".',
  });
}
