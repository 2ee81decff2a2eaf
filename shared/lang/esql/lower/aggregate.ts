import { must } from '#shared/base/assert.ts';
import { AGGREGATES } from '#shared/lang/esql/aggregate-functions.ts';
import { planFunctionName } from '#shared/lang/esql/language-functions.ts';
import type { Node } from '#shared/lang/esql/syntax/ast.ts';
import type { Expression } from '#shared/plan/expression.ts';
import type { Aggregate } from '#shared/plan/plan.ts';
import { typeOf } from '#shared/plan/types.ts';
import type { ValueType } from '#shared/plan/value.ts';
import { takes } from './arguments.ts';
import { type Context, type Lowered, report, sourceOf } from './context.ts';
import { argumentLabel, labelOf, wantedLabel } from './type-label.ts';

type Call = Node & { readonly kind: 'call' };

export const isAggregateCall = (node: Node): node is Call =>
  node.kind === 'call' && AGGREGATES.has(planFunctionName(node.name.text));

const reportNested = (call: Call, context: Context): null =>
  report(context, call, {
    code: 'misplaced-aggregate',
    message: `nested aggregation [${sourceOf(context, call)}] not allowed inside another aggregation`,
  });

/**
 * A call of an aggregate function over the rows of `context`, which must not itself allow aggregates; null where its
 * problem is reported.
 */
export function lowerAggregate(name: string, node: Call, where: Expression | null, context: Context): Aggregate | null {
  const signature = must(AGGREGATES.get(planFunctionName(node.name.text)), 'aggregate');
  if (signature.second) return lowerWithSecond(name, node, where, context);
  const [argument, precision, ...more] = node.args;
  const isCount = signature.function === 'count';
  if (isCount && (node.star || !argument)) return { name, function: 'count', of: null, where };
  const second = precision && (signature.function !== 'count-distinct' || precision.kind !== 'number');
  if (!argument || second || more.length > 0) {
    return report(context, node, {
      code: 'wrong-arguments',
      message: `Aggregate [${sourceOf(context, node)}] takes one column or expression`,
    });
  }
  const of = lowerOperand(node, argument, signature.types, context);
  if (!of) return null;
  const countsRows = isCount && of.kind === 'literal' && of.value !== null;
  return { name, function: signature.function, of: countsRows ? null : of, where };
}

/** An argument, in which no other aggregate may stand; null, and reported, where it is not of the types. */
function lowerOperand(node: Call, argument: Node, types: readonly ValueType[] | null, context: Context): Lowered {
  const of = context.lower(argument, { ...context, aggregate: (inner) => reportNested(inner, context) });
  if (!of || takes(types, typeOf(of))) return of;
  return report(context, argument, {
    code: 'type-mismatch',
    message: `${argumentLabel(0, 1, sourceOf(context, node))} must be [${wantedLabel(types)}], found value [${sourceOf(context, argument)}] type [${labelOf(of)}]`,
  });
}

const WANTED = {
  percentage: 'a column or expression and a constant from 0 to 100',
  best: 'a column or expression, a number of values and "asc" or "desc"',
  decider: 'a column or expression and another that decides',
} as const;

const MOST_VALUES = 10_000;

/** `percentile(x, 95)`, `top(x, 3, "desc")`, `first(x, @timestamp)`. */
function lowerWithSecond(name: string, node: Call, where: Expression | null, context: Context): Aggregate | null {
  const signature = must(AGGREGATES.get(planFunctionName(node.name.text)), 'aggregate');
  const [argument, second, order, ...more] = node.args;
  const wanted = WANTED[signature.second ?? 'decider'];
  const refused = () =>
    report(context, node, {
      code: 'wrong-arguments',
      message: `Aggregate [${sourceOf(context, node)}] takes ${wanted}`,
    });
  if (!argument || !second || more.length > 0 || (order !== undefined) !== (signature.second === 'best'))
    return refused();
  const of = lowerOperand(node, argument, signature.types, context);
  if (!of) return null;
  const found = { name, function: signature.function, of, where };
  if (signature.second === 'decider') {
    const by = lowerOperand(node, second, null, context);
    return by && { ...found, by };
  }
  const at = second.kind === 'number' ? Number(second.text) : Number.NaN;
  if (signature.second === 'percentage') return at >= 0 && at <= 100 ? { ...found, at } : refused();
  const direction = order?.kind === 'string' ? order.value.toLowerCase() : '';
  if (!Number.isInteger(at) || at < 1 || at > MOST_VALUES || !['asc', 'desc'].includes(direction)) return refused();
  return { ...found, function: direction === 'asc' ? 'least' : 'greatest', at };
}
