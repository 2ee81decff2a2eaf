import type { Node } from '#shared/lang/esql/syntax/ast.ts';
import type { Expression } from '#shared/plan/expression.ts';
import { typeOf } from '#shared/plan/types.ts';
import { chosenSpan } from './bucket-spans.ts';
import { lowerSingle } from './cells.ts';
import { type Context, type Lowered, report, sourceOf, spanOf } from './context.ts';
import { lowerBucket } from './dates.ts';
import { monthsOf, readAs } from './literal.ts';
import { asTimespan } from './timespan-text.ts';

type Call = Node & { readonly kind: 'call' };

/**
 * `bucket(time, timespan)`, `bucket(time, most, from, to)` with the shortest buckets of a round length of which at most so many lie
 * between two constant times, and `bucket(number, width)` (elastic/elasticsearch `docs/reference/`, ES|QL `BUCKET`).
 */
export function lowerBucketCall(node: Call, context: Context): Lowered {
  const [subject, second, ...range] = node.args;
  if (!subject || !second || (range.length !== 0 && range.length !== 2)) {
    return report(context, node, {
      code: 'wrong-arguments',
      message: `Function [${node.name.text}] takes a field and a length, or a field, a number of buckets and two ends`,
    });
  }
  const value = lowerSingle(subject, context);
  const length = context.lower(range.length === 0 ? asTimespan(second) : second, context);
  if (!value || !length) return null;
  if (range.length === 2) return lowerCounted(node, value, length, range, context);
  if (typeOf(value) === 'datetime' && typeOf(length) === 'span') return lowerBucket(node, [length, value], context);
  const width = length.kind === 'literal' ? Number(length.value) : 0;
  if (isNumber(value) && isNumber(length) && width > 0) return numberBucket(node, value, width);
  return report(context, node, {
    code: 'type-mismatch',
    message: `The buckets of [${sourceOf(context, node)}] must be of a constant timespan for datetimes, of a constant number for numbers`,
  });
}

const isNumber = (value: Expression): boolean => ['long', 'double'].includes(typeOf(value));

const number = (value: number): Expression => ({ kind: 'literal', type: 'double', value });

function numberBucket(node: Node, value: Expression, width: number): Expression {
  const span = spanOf(node);
  const double: Expression =
    typeOf(value) === 'double' ? value : { kind: 'call', name: 'to_double', type: 'double', args: [value], span };
  const share: Expression = { kind: 'arithmetic', operator: '/', type: 'double', left: double, right: number(width) };
  const floor: Expression = { kind: 'call', name: 'floor', type: 'double', args: [share] };
  return { kind: 'arithmetic', operator: '*', type: 'double', left: floor, right: number(width), span };
}

function lowerCounted(
  node: Call,
  value: Expression,
  count: Expression,
  range: readonly Node[],
  context: Context,
): Lowered {
  const ends = range.map((end) => {
    const lowered = context.lower(end, context);
    return lowered && readAs(lowered, 'datetime', context);
  });
  if (ends.includes(null)) return null;
  const [from, to] = ends.map((end) => (end?.kind === 'literal' && end.type === 'datetime' ? Number(end.value) : null));
  const most = count.kind === 'literal' && typeOf(count) === 'long' ? Number(count.value) : 0;
  if (typeOf(value) === 'datetime' && typeof from === 'number' && typeof to === 'number' && from < to && most > 0) {
    const chosen = chosenSpan(most, from, to);
    const length: Expression =
      'months' in chosen
        ? monthsOf(chosen.months, node)
        : { kind: 'literal', type: 'span', value: chosen.milliseconds };
    return lowerBucket(node, [length, value], context);
  }
  return report(context, node, {
    code: 'wrong-arguments',
    message: `A number of buckets needs a datetime and two constant times, the earlier first, in [${sourceOf(context, node)}]`,
    remedy: 'Give the length of the buckets instead, as in bucket(@timestamp, 1 hour).',
  });
}
