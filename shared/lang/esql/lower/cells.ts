import type { Node } from '#shared/lang/esql/syntax/ast.ts';
import type { Expression } from '#shared/plan/expression.ts';
import type { Context, Lowered } from './context.ts';

/** The expression's single value: null, with a warning at run time, where a cell holds several. */
export function lowerSingle(node: Node, context: Context): Lowered {
  const lowered = context.lower(node, context);
  return lowered && single(lowered);
}

/** The view of one value of an expression; itself where it never has several. */
export const single = (expression: Expression): Expression =>
  mayHoldSeveral(expression)
    ? { kind: 'single', of: expression, ...(expression.span && { span: expression.span }) }
    : expression;

/** Calls whose result is as many values as their argument has. */
const PASSING: ReadonlySet<string> = new Set([
  ...['to_string', 'to_long', 'to_double', 'to_boolean', 'to_datetime', 'to_lower', 'to_upper', 'to_ip'],
  ...['to_geopoint', 'st_x', 'st_y'],
  ...['mv_sort', 'address_key', 'caseless'],
  ...['coalesce', 'case', 'mv_dedupe', 'mv_slice'],
]);

/** Calls that make several values of one. */
const MULTIPLYING: ReadonlySet<string> = new Set([
  ...['split', 'mv_append', 'mv_zip', 'mv_union', 'mv_intersection', 'mv_difference'],
]);

/** Whether some row's cell can hold more than one value. */
export const mayHoldSeveral = (expression: Expression): boolean =>
  expression.kind === 'column' ||
  (expression.kind === 'extract' && (expression.captures.length > 1 || mayHoldSeveral(expression.of))) ||
  (expression.kind === 'dissect' && mayHoldSeveral(expression.of)) ||
  (expression.kind === 'call' &&
    (MULTIPLYING.has(expression.name) || (PASSING.has(expression.name) && expression.args.some(mayHoldSeveral))));

/** All of them, or null where one is; every one's problems are reported. */
export function lowerAll(
  nodes: readonly Node[],
  lower: (node: Node, index: number) => Lowered,
): readonly Expression[] | null {
  const lowered = nodes.map(lower);
  return lowered.every((expression) => expression !== null) ? lowered : null;
}
