import { must } from '#shared/base/assert.ts';
import type { Expression } from '#shared/plan/expression.ts';
import type { Aggregate } from '#shared/plan/plan.ts';
import { typeOf } from '#shared/plan/types.ts';
import { AGGREGATES } from './aggregate-functions.ts';
import type { Node } from './ast.ts';
import { type Context, report, sourceOf } from './context.ts';
import { planFunctionName } from './language-functions.ts';
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
  const of = context.lower(argument, { ...context, aggregate: (inner) => reportNested(inner, context) });
  if (!of) return null;
  const type = typeOf(of);
  if (signature.types && type !== 'null' && !signature.types.includes(type)) {
    return report(context, argument, {
      code: 'type-mismatch',
      message: `${argumentLabel(0, 1, sourceOf(context, node))} must be [${wantedLabel(signature.types)}], found value [${sourceOf(context, argument)}] type [${labelOf(of)}]`,
    });
  }
  const countsRows = isCount && of.kind === 'literal' && of.value !== null;
  return { name, function: signature.function, of: countsRows ? null : of, where };
}
