import { AGGREGATES } from '#shared/lang/esql/aggregate-functions.ts';
import {
  ALIAS_NAMES,
  CAST_NAMES,
  CASTS,
  INTERNAL_FUNCTIONS,
  LOWERED_FUNCTIONS,
  planFunctionName,
  TIMESPAN_CASTS,
  UNSUPPORTED_FUNCTIONS,
} from '#shared/lang/esql/language-functions.ts';
import type { Node, Option } from '#shared/lang/esql/syntax/ast.ts';
import type { Expression } from '#shared/plan/expression.ts';
import { FUNCTIONS, type FunctionSignature, findFunction, resultTypeOf } from '#shared/plan/functions.ts';
import { typeOf } from '#shared/plan/types.ts';
import { lowerArguments } from './arguments.ts';
import { lowerBucketCall } from './bucket.ts';
import { lowerCidrMatch } from './cidr-match.ts';
import { type Context, type Lowered, report, sourceOf, spanOf } from './context.ts';
import { lowerDateFormat, lowerDateName, lowerDateParse } from './date-format.ts';
import { lowerBucket, lowerDateDiff, lowerDateExtract } from './dates.ts';
import { lowerFieldExtract } from './field-extract.ts';
import { lowerJsonExtract } from './json-extract.ts';
import { lowerKql } from './kql.ts';
import { lowerMatchCall } from './match.ts';
import { didYouMean } from './near-names.ts';
import { OTHER_FUNCTIONS } from './other-words.ts';
import { lowerReplace } from './replace.ts';
import { lowerClamp, lowerHash, lowerMultiMatch, lowerMvIntersects, lowerNetworkDirection } from './sugar.ts';
import { asTimespan, lowerToTimespan } from './timespan-text.ts';
import { labelOf } from './type-label.ts';

type Call = Node & { readonly kind: 'call' };

export function lowerCall(node: Call, context: Context): Lowered {
  const name = planFunctionName(node.name.text);
  if (AGGREGATES.has(name)) return lowerAggregateCall(node, context);
  if (node.star) {
    return report(context, node, { code: 'wrong-arguments', message: `[${node.name.text}] takes no *` });
  }
  if (name === 'match' || name === 'match_phrase') return lowerMatchCall(node, context);
  if (name === 'multi_match') return lowerMultiMatch(node, context);
  if (node.options) return reportOptions(node, node.options, context);
  const lower = LOWERINGS.get(name);
  if (lower) return lower(node, context);
  const signature = INTERNAL_FUNCTIONS.has(name) ? undefined : findFunction(name);
  if (!signature) return reportFunction(node, name, context);
  const args = name === 'date_trunc' ? node.args.map((arg, index) => (index === 0 ? asTimespan(arg) : arg)) : node.args;
  const lowered = lowerArguments(node, signature, args, context);
  if (!lowered) return null;
  if (signature.name === 'date_trunc') return lowerBucket(node, lowered, context);
  if (name === 'date_diff') return lowerDateDiff(node, lowered, context);
  if (name === 'date_extract') return lowerDateExtract(node, lowered, context);
  return finish(node, signature, lowered, context);
}

/** Functions that are more than a call of a function of the plan. */
const LOWERINGS: ReadonlyMap<string, (node: Call, context: Context) => Lowered> = new Map<
  string,
  (node: Call, context: Context) => Lowered
>([
  ['now', lowerNow],
  ['kql', lowerKql],
  ['cidr_match', lowerCidrMatch],
  ['replace', lowerReplace],
  ['bucket', lowerBucketCall],
  ['date_format', lowerDateFormat],
  ['date_parse', lowerDateParse],
  ['day_name', (node, context) => lowerDateName(node, 'EEEE', context)],
  ['month_name', (node, context) => lowerDateName(node, 'MMMM', context)],
  ['space', lowerSpace],
  ['hash', lowerHash],
  ['clamp', lowerClamp],
  ['clamp_min', lowerClamp],
  ['clamp_max', lowerClamp],
  ['network_direction', lowerNetworkDirection],
  ['field_extract', lowerFieldExtract],
  ['json_extract', lowerJsonExtract],
  ['mv_intersects', lowerMvIntersects],
  ['to_dateperiod', (node, context) => lowerToTimespan(node, onlyOf(node.args), 'date_period', context)],
  ['to_timeduration', (node, context) => lowerToTimespan(node, onlyOf(node.args), 'time_duration', context)],
  ['pi', (node, context) => lowerConstant(node, Math.PI, context)],
  ['e', (node, context) => lowerConstant(node, Math.E, context)],
  ['tau', (node, context) => lowerConstant(node, 2 * Math.PI, context)],
]);

const onlyOf = (args: readonly Node[]): Node | undefined => (args.length === 1 ? args[0] : undefined);

function lowerConstant(node: Call, value: number, context: Context): Lowered {
  if (node.args.length === 0) return { kind: 'literal', type: 'double', value, span: spanOf(node) };
  return report(context, node, { code: 'wrong-arguments', message: `Function [${node.name.text}] takes no arguments` });
}

/** `space(number)`: so many blanks. */
function lowerSpace(node: Call, context: Context): Lowered {
  const blank: Node = { kind: 'string', value: ' ', ...spanOf(node) };
  const signature = findFunction('repeat');
  const lowered = signature && lowerArguments(node, signature, [blank, ...node.args], context);
  return lowered ? { kind: 'call', name: 'repeat', type: 'string', args: lowered, span: spanOf(node) } : null;
}

function reportOptions(node: Call, options: readonly Option[], context: Context): null {
  return report(context, options[0]?.name ?? node, {
    code: 'wrong-arguments',
    message: `Function [${node.name.text}] takes no options`,
  });
}

function lowerAggregateCall(node: Call, context: Context): Lowered {
  if (context.aggregate) return context.aggregate(node);
  return report(context, node, {
    code: 'misplaced-aggregate',
    message: `aggregate function [${sourceOf(context, node)}] not allowed outside STATS command`,
    remedy: 'Compute it by STATS, and use its column in the command behind.',
  });
}

function lowerNow(node: Call, context: Context): Lowered {
  if (node.args.length === 0) return { kind: 'now', span: spanOf(node) };
  return report(context, node, { code: 'wrong-arguments', message: 'Function [now] takes no arguments' });
}

/** Whether a query may call a function of this name, in any case. */
export const isFunction = (name: string): boolean => FUNCTION_NAMES.includes(name.toLowerCase());

function reportFunction(node: Call, name: string, context: Context): null {
  const remedy = UNSUPPORTED_FUNCTIONS.get(name);
  if (remedy !== undefined) {
    const message = `The function [${node.name.text}] is not supported.`;
    return report(context, node.name, { code: 'unsupported-function', message, remedy });
  }
  const meant = OTHER_FUNCTIONS.get(name);
  return report(context, node.name, {
    code: 'unknown-function',
    message: `Unknown function [${node.name.text}]${meant === undefined ? didYouMean(name, FUNCTION_NAMES) : ''}`,
    ...(meant !== undefined && { remedy: meant }),
  });
}

/** Every function that a query may call, in any case. */
export const FUNCTION_NAMES: readonly string[] = [
  ...FUNCTIONS.map((signature) => signature.name).filter((name) => !INTERNAL_FUNCTIONS.has(name)),
  ...LOWERED_FUNCTIONS,
  ...ALIAS_NAMES,
  ...AGGREGATES.keys(),
].sort();

function finish(node: Node, signature: FunctionSignature, args: readonly Expression[], context: Context): Lowered {
  const type = resultTypeOf(signature, args.map(typeOf));
  if (type !== null) return { kind: 'call', name: signature.name, type, args, span: spanOf(node) };
  return report(context, node, {
    code: 'type-mismatch',
    message: `The values of [${sourceOf(context, node)}] have types that do not go together: [${args.map(labelOf).join(', ')}]`,
  });
}

/** What is said of the function that converts to the same type, as `to_geopoint` does to `geo_point`. */
const remedyOfCast = (type: string): string | undefined =>
  [type, type.replaceAll('_', '')].flatMap((one) => UNSUPPORTED_FUNCTIONS.get(`to_${one.toLowerCase()}`) ?? [])[0];

/** `x::long`; a value that has the type already stays as it is. */
export function lowerCast(node: Node & { readonly kind: 'cast' }, context: Context): Lowered {
  const type = node.type.text.toLowerCase();
  if (TIMESPAN_CASTS.has(type)) return lowerToTimespan(node, node.of, type, context);
  const name = CASTS.get(type);
  const signature = name === undefined ? undefined : findFunction(name);
  if (!signature) {
    return report(context, node.type, {
      code: 'unsupported-cast',
      message: `Casts to [${node.type.text}] are not supported${didYouMean(node.type.text, CAST_NAMES)}`,
      remedy: remedyOfCast(node.type.text) ?? 'Casts go to keyword, long, double, boolean, datetime, ip and geo_point.',
    });
  }
  const value = context.lower(node.of, context);
  if (!value) return null;
  const accepted = signature.parameters[0]?.types;
  if (accepted && !accepted.includes(typeOf(value)) && typeOf(value) !== 'null') {
    return report(context, node, {
      code: 'type-mismatch',
      message: `[${sourceOf(context, node.of)}] of type [${labelOf(value)}] does not cast to [${node.type.text}]`,
    });
  }
  return typeOf(value) === signature.result ? value : finish(node, signature, [value], context);
}
