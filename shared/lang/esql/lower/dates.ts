import { DAY, type Milliseconds } from '#shared/base/time.ts';
import type { Node } from '#shared/lang/esql/syntax/ast.ts';
import { differenceUnit } from '#shared/lang/esql/syntax/timespan.ts';
import type { Expression } from '#shared/plan/expression.ts';
import { DATE_PARTS } from '#shared/plan/time-functions.ts';
import { type Context, type Lowered, report, sourceOf, spanOf } from './context.ts';
import { monthsIn } from './literal.ts';
import { didYouMean } from './near-names.ts';

const WEEK: Milliseconds = 7 * DAY;
/** The epoch is a Thursday; weeks begin on Monday. */
const MONDAY: Milliseconds = 3 * DAY;

/**
 * `date_trunc(length, time)`: buckets count from the epoch, those of a week begin on Mondays (Elasticsearch rounds a length of
 * 7 days by the calendar's week), those of months and years with the calendar.
 */
export function lowerBucket(node: Node, args: readonly Expression[], context: Context): Lowered {
  const [length, time] = args;
  if (!length || !time) return null;
  const span = spanOf(node);
  const months = monthsIn(length);
  if (months && Number(months.value) > 0) {
    return { kind: 'call', name: 'date_bucket_months', type: 'datetime', args: [time, months], span };
  }
  if (length.kind !== 'literal' || typeof length.value !== 'number' || length.value <= 0) {
    return report(context, node, {
      code: 'wrong-arguments',
      message: `The length of a bucket must be a constant timespan longer than 0 in [${sourceOf(context, node)}]`,
    });
  }
  const bucket = (of: Expression): Expression => ({
    kind: 'call',
    name: 'date_bucket',
    type: 'datetime',
    args: [of, length],
    span,
  });
  return length.value === WEEK ? moved(bucket(moved(time, '+')), '-') : bucket(time);
}

const moved = (left: Expression, operator: '+' | '-'): Expression => ({
  kind: 'arithmetic',
  operator,
  type: 'datetime',
  left,
  right: { kind: 'literal', type: 'span', value: MONDAY },
});

/** The unit is a constant, and becomes the plan's own name for it. */
export function lowerDateDiff(node: Node, args: readonly Expression[], context: Context): Lowered {
  const [unit, ...times] = args;
  const name = unit?.kind === 'literal' && typeof unit.value === 'string' ? differenceUnit(unit.value) : null;
  if (!unit || name === null) {
    return report(context, unit?.span ?? node, {
      code: 'wrong-arguments',
      message: `The unit of [${sourceOf(context, node)}] must be a constant from nanoseconds to years`,
    });
  }
  const literal: Expression = { kind: 'literal', type: 'string', value: name };
  return { kind: 'call', name: 'date_diff', type: 'long', args: [literal, ...times], span: spanOf(node) };
}

/** `date_extract("hour_of_day", time)`: a constant part is one that there is. */
export function lowerDateExtract(node: Node, args: readonly Expression[], context: Context): Lowered {
  const [part] = args;
  if (part?.kind !== 'literal' || part.value === null || DATE_PARTS.has(String(part.value).toLowerCase()))
    return { kind: 'call', name: 'date_extract', type: 'long', args, span: spanOf(node) };
  return report(context, part.span ?? node, {
    code: 'wrong-arguments',
    message: `Times have no part [${String(part.value)}]${didYouMean(String(part.value).toLowerCase(), [...DATE_PARTS])}`,
    remedy: `Parts are ${[...DATE_PARTS].join(', ')}.`,
  });
}
