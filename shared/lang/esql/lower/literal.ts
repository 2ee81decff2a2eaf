import type { Span } from '#shared/base/diagnostic.ts';
import { canonicalAddress } from '#shared/base/ip-address.ts';
import { parseInstant } from '#shared/base/time.ts';
import type { Node } from '#shared/lang/esql/syntax/ast.ts';
import { UNIT_NAMES, unitLength } from '#shared/lang/esql/syntax/timespan.ts';
import type { Expression } from '#shared/plan/expression.ts';
import type { ValueType } from '#shared/plan/value.ts';
import { type Context, type Lowered, report, spanOf } from './context.ts';
import { didYouMean } from './near-names.ts';

const MAX_LONG = 2n ** 63n - 1n;

/** Whole numbers are longs while they fit, else doubles. */
export function lowerNumber(node: Node & { readonly kind: 'number' }): Expression {
  const span = spanOf(node);
  if (!/^\d+$/.test(node.text)) return { kind: 'literal', type: 'double', value: Number(node.text), span };
  const value = Number(node.text);
  if (Number.isSafeInteger(value)) return { kind: 'literal', type: 'long', value, span };
  const big = node.text.length < 20 ? BigInt(node.text) : MAX_LONG + 1n;
  return big <= MAX_LONG
    ? { kind: 'literal', type: 'long', value: big, span }
    : { kind: 'literal', type: 'double', value, span };
}

const MONTHS = 'months';

/** A timespan of the calendar while it is lowered: plans have functions that take a number of months instead. */
export const monthsOf = (months: number, span: Span): Expression => ({
  kind: 'call',
  name: MONTHS,
  type: 'span',
  args: [{ kind: 'literal', type: 'long', value: months }],
  span,
});

/** The number of months that a timespan of the calendar is; null for any other expression. */
export const monthsIn = (expression: Expression): (Expression & { readonly kind: 'literal' }) | null => {
  const [months] = expression.kind === 'call' && expression.name === MONTHS ? expression.args : [];
  return months?.kind === 'literal' ? months : null;
};

export function lowerTimespan(node: Node & { readonly kind: 'timespan' }, context: Context): Lowered {
  const unit = node.unit.text;
  if (!/^\d+$/.test(node.amount)) {
    return report(context, node, { code: 'invalid-timespan', message: 'A timespan is a whole number of its unit.' });
  }
  const length = unitLength(unit);
  if (length === null) {
    return report(context, node.unit, {
      code: 'invalid-timespan',
      message: `Unknown unit of time [${unit}]${didYouMean(unit, UNIT_NAMES)}`,
    });
  }
  const span = spanOf(node);
  if ('months' in length) return monthsOf(Number(node.amount) * length.months, span);
  return { kind: 'literal', type: 'span', value: Number(node.amount) * length.milliseconds, span };
}

/** Types that a text literal is read as, where it meets a value of them. */
const READ_AS: ReadonlySet<ValueType> = new Set<ValueType>(['datetime', 'boolean', 'ip']);

/**
 * The expression as it meets a value of another type: a text literal against a datetime, boolean or ip is read as one, as
 * Elasticsearch casts literals. Anything else stays as it is.
 */
export function readAs(expression: Expression, type: ValueType, context: Context): Lowered {
  if (expression.kind !== 'literal' || typeof expression.value !== 'string') return expression;
  if (expression.type !== 'string' || !READ_AS.has(type)) return expression;
  const value = readers[type as 'datetime' | 'boolean' | 'ip'](expression.value);
  if (value !== null) return { ...expression, type, value };
  return report(context, expression.span ?? { from: 0, to: 0 }, {
    code: 'invalid-literal',
    message: `Cannot read [${expression.value}] as [${type}]`,
    ...(expression.value.startsWith('now') && { remedy: 'Times relative to the run are written as now() - 1 hour.' }),
  });
}

const readers = {
  datetime: parseInstant,
  boolean: (text: string) => (/^(?:true|false)$/i.test(text) ? text.toLowerCase() === 'true' : null),
  ip: canonicalAddress,
};
