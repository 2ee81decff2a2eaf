import { unreachable } from '#shared/base/assert.ts';
import type { Span } from '#shared/base/diagnostic.ts';
import { parseDouble, parseLong } from '#shared/base/long.ts';
import { lowerCaseText } from '#shared/base/text.ts';
import { allOf, type ElementTest, type Expression, not } from '#shared/plan/expression.ts';
import type { Scalar } from '#shared/plan/value.ts';
import type { RangeOperator } from './ast.ts';
import { type DateExtent, parseDate } from './date-math.ts';
import { isFullText, nameOf, type ResolvedField } from './fields.ts';
import { equalityTest, hasFraction, notA, notADate, refuse, type TextLiteral, type ValueTest } from './lower-value.ts';
import { error } from './problem.ts';

const bound = (operator: RangeOperator, value: Scalar): ElementTest => ({
  kind: 'range',
  bounds: [{ operator, value }],
});

/** A comparison as a test of one element, or, for a date that only the run knows, as an expression of its own. */
export type Comparison = ValueTest | { readonly kind: 'relative'; readonly to: Expression };

/** `field < value` and its like, by the field's type. Text is compared by code point; of full text, each word. */
export function comparison(resolved: ResolvedField, operator: RangeOperator, value: TextLiteral): Comparison {
  const { type } = resolved.field;
  if (isFullText(resolved)) return { kind: 'word', test: bound(operator, lowerCaseText(value.text)) };
  switch (type) {
    case 'keyword':
    case 'constant_keyword':
    case 'wildcard':
    case 'text':
    case 'flattened':
      return bound(operator, resolved.caseless ? lowerCaseText(value.text) : value.text);
    case 'long':
      return longBound(resolved, operator, value);
    case 'double': {
      const number = parseDouble(value.text);
      return number === null ? refuse(notA('number', resolved, value)) : bound(operator, number);
    }
    case 'ip': {
      const exact = equalityTest(resolved, value);
      return exact.kind === 'equals'
        ? bound(operator, exact.value)
        : refuse(notA('single IP address', resolved, value));
    }
    case 'date':
      return dateBound(resolved, operator, value);
    case 'boolean':
      return refuse(
        error({
          code: 'range-on-type',
          message: `${nameOf(resolved)} is true or false, which has no order.`,
          remedy: `Write ${nameOf(resolved)}:true or ${nameOf(resolved)}:false.`,
          span: value.span,
        }),
      );
    case 'nested':
      return { kind: 'never' };
    default:
      return unreachable(type);
  }
}

/** Whole numbers lie on one side of a fraction; beyond 64 bits every number does. */
function longBound(resolved: ResolvedField, operator: RangeOperator, value: TextLiteral): ValueTest {
  const number = parseDouble(value.text);
  if (number === null) return refuse(notA('number', resolved, value));
  const upper = operator === '<' || operator === '<=';
  const long = parseLong(value.text);
  if (long === null) return { kind: number > 0 === upper ? 'exists' : 'never' };
  if (!hasFraction(value.text)) return bound(operator, long);
  // The fraction was cut towards zero.
  if (upper) return bound(number > 0 ? '<=' : '<', long);
  return bound(number > 0 ? '>' : '>=', long);
}

function dateBound(resolved: ResolvedField, operator: RangeOperator, value: TextLiteral): Comparison {
  const extent = parseDate(value.text);
  if (extent === null) return refuse(notADate(resolved, value));
  return extent.kind === 'relative'
    ? { kind: 'relative', to: endOf(extent, operator) }
    : bound(operator, endOf(extent, operator));
}

/** Behind a whole day, and up to its end: `>` and `<=` mean its last instant, the others its first. */
const endOf = <End>(extent: DateExtent & { first: End; last: End }, operator: RangeOperator): End =>
  operator === '>' || operator === '<=' ? extent.last : extent.first;

/**
 * Whether any value of a date field is a time that the run decides, as `now-1h` is; null for any other value. `now/d` is a stretch
 * of time, which no expression looks for in a field of several values.
 */
export function relativeEquality(resolved: ResolvedField, value: TextLiteral): Expression | null {
  const extent = resolved.field.type === 'date' ? parseDate(value.text) : null;
  if (extent?.kind !== 'relative' || JSON.stringify(extent.first) !== JSON.stringify(extent.last)) return null;
  const column: Expression = { kind: 'column', name: resolved.field.name, type: 'datetime' };
  return { kind: 'call', name: 'mv_contains', type: 'boolean', args: [column, extent.first], span: value.span };
}

/**
 * Whether any value of a date field compares so with a time that the run decides. Any value is above a bound where the
 * greatest is; without a value it is false, as every leaf of KQL.
 */
export function relativeComparison(field: string, operator: RangeOperator, to: Expression, span: Span): Expression {
  const column: Expression = { kind: 'column', name: field, type: 'datetime' };
  const extreme: Expression = {
    kind: 'call',
    name: operator.startsWith('>') ? 'mv_max' : 'mv_min',
    type: 'datetime',
    args: [column],
  };
  return allOf(
    [not({ kind: 'is-null', of: column, span }, span), { kind: 'compare', operator, left: extreme, right: to, span }],
    span,
  );
}
