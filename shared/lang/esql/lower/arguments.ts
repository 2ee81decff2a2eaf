import type { Node } from '#shared/lang/esql/syntax/ast.ts';
import type { Expression } from '#shared/plan/expression.ts';
import { type FunctionSignature, parameterAt } from '#shared/plan/functions.ts';
import { typeOf } from '#shared/plan/types.ts';
import type { ValueType } from '#shared/plan/value.ts';
import { lowerAll, mayHoldSeveral, single } from './cells.ts';
import { type Context, type Lowered, report, sourceOf } from './context.ts';
import { readAs } from './literal.ts';
import { argumentLabel, labelOf, wantedLabel } from './type-label.ts';

type Call = Node & { readonly kind: 'call' };

/** The arguments of a call, typed and viewed as its signature wants them; null where one is wrong, which is reported. */
export function lowerArguments(
  node: Call,
  signature: FunctionSignature,
  args: readonly Node[],
  context: Context,
): readonly Expression[] | null {
  const { required, parameters, rest } = signature;
  if (args.length < required || (args.length > parameters.length && !rest)) {
    return report(context, node, {
      code: 'wrong-arguments',
      message: `Function [${node.name.text}] takes ${arity(signature)}, found ${args.length}`,
    });
  }
  return lowerAll(args, (arg, index) => lowerArgument(node, signature, { arg, index, count: args.length }, context));
}

const arity = ({ required, parameters, rest }: FunctionSignature): string => {
  if (rest) return `${required} or more arguments`;
  const most = parameters.length === required ? '' : ` to ${parameters.length}`;
  return `${required}${most} ${parameters.length === 1 ? 'argument' : 'arguments'}`;
};

interface Place {
  readonly arg: Node;
  readonly index: number;
  readonly count: number;
}

function lowerArgument(
  node: Call,
  signature: FunctionSignature,
  { arg, index, count }: Place,
  context: Context,
): Lowered {
  const parameter = parameterAt(signature, index, count);
  const cell = context.lower(arg, context);
  if (!cell || !parameter) return null;
  const onlyDates = parameter.types?.length === 1 && parameter.types[0] === 'datetime';
  const value = onlyDates ? readAs(cell, 'datetime', context) : cell;
  if (!value) return null;
  const type = typeOf(value);
  if (!takes(parameter.types, type)) {
    return report(context, arg, {
      code: 'type-mismatch',
      message: `${argumentLabel(index, count, sourceOf(context, node))} must be [${wantedLabel(parameter.types)}], found value [${sourceOf(context, arg)}] type [${labelOf(value)}]`,
    });
  }
  return parameter.cells === 'single' ? oneValue(signature, value) : value;
}

/** Timespans are no values but where they are asked for. */
export const takes = (types: readonly ValueType[] | null, type: ValueType): boolean =>
  type === 'null' || (types ? types.includes(type) : type !== 'span');

/** `greatest` and `least` look at all values: each argument stands for its own extreme. */
const EXTREMES: ReadonlyMap<string, string> = new Map([
  ['greatest', 'mv_max'],
  ['least', 'mv_min'],
]);

function oneValue(signature: FunctionSignature, cell: Expression): Expression {
  const extreme = EXTREMES.get(signature.name);
  if (extreme === undefined || !mayHoldSeveral(cell)) return single(cell);
  return { kind: 'call', name: extreme, type: typeOf(cell), args: [cell], ...(cell.span && { span: cell.span }) };
}
