import type { Expression } from '#shared/plan/expression.ts';
import type { Failure } from '#shared/plan/failure.ts';
import { findFunction, parameterAt } from '#shared/plan/functions.ts';
import { DATE_PARTS } from '#shared/plan/time-functions.ts';
import { typeOf } from '#shared/plan/types.ts';
import type { ValueType } from '#shared/plan/value.ts';
import { type Cell, countOf, isNotNull, isNull, singleOf } from './cell.ts';

/** A failure that a node can meet, and SQL that is true in the rows where it does. */
export interface NodeFailure {
  readonly failure: Failure;
  readonly condition: string;
}

type Of<Kind extends Expression['kind']> = Expression & { readonly kind: Kind };
type Compile = (expression: Expression) => Cell;

/** What a node can fail at over these cells: its operands are there and its result is not. Nothing where that cannot be. */
export function failuresOf(node: Expression, compile: Compile): readonly NodeFailure[] {
  if (node.kind === 'arithmetic') return arithmeticFailures(node, compile);
  return node.kind === 'call' && canFail(node) ? callFailures(node, compile) : [];
}

function arithmeticFailures(node: Of<'arithmetic'>, compile: Compile): readonly NodeFailure[] {
  const { operator, left, right } = node;
  const [from, by] = [left, right].map((operand) => singleOf(compile(operand)));
  const present = `${from} IS NOT NULL AND ${by} IS NOT NULL`;
  const overflow: NodeFailure = { failure: 'overflow', condition: `${present} AND ${isNull(compile(node))}` };
  if (operator !== '/' && operator !== '%') return mayOverflow(node) ? [overflow] : [];
  const isWhole = node.type === 'long';
  // Of whole numbers only the least divided by -1 is none.
  const others =
    isWhole && (operator === '%' || isConstant(right, (value) => value !== 0 && value !== -1))
      ? []
      : [{ ...overflow, condition: `${by} <> 0 AND ${overflow.condition}` }];
  if (isConstant(right, (value) => value !== 0)) return others;
  return [{ failure: 'division-by-zero', condition: `${from} IS NOT NULL AND ${by} = 0` }, ...others];
}

const isConstant = (expression: Expression, fits: (value: number) => boolean): boolean =>
  expression.kind === 'literal' && typeof expression.value === 'number' && fits(expression.value);

/** Times since and until the run lie far from the ends of time; a constant less a constant is computed once. */
const mayOverflow = ({ left, right }: Of<'arithmetic'>): boolean =>
  !(left.kind === 'now' && right.kind === 'literal') && !(right.kind === 'now' && left.kind === 'literal');

/** Conversions that always have a result, by the function and the type that it is given. What stands in a field of addresses may be none. */
const SURE: Readonly<Record<string, readonly ValueType[]>> = {
  to_long: ['long', 'boolean', 'datetime'],
  to_double: ['long', 'double', 'boolean', 'datetime'],
  to_datetime: ['datetime'],
};
/** Units so long that the distance of any two times fits in a long. */
const COARSE_UNIT = /^(?:year|quarter|month|week|day|hour|minute|second|millisecond)s?$/;
/** Where the length of a bucket stands. */
const LENGTHS: Readonly<Record<string, number>> = { date_trunc: 0, date_bucket: 1, date_bucket_months: 1 };
/** Of every number there is one, and it is finite. */
const TOTAL: ReadonlySet<string> = new Set(['signum', 'sin', 'cos', 'atan', 'atan2', 'tanh', 'cbrt', 'to_radians']);

/** Whether a call that is warned of where it has no result can have none. */
function canFail({ name, args }: Of<'call'>): boolean {
  const signature = findFunction(name);
  const [first, second] = args;
  if (!signature?.fails || TOTAL.has(name)) return false;
  if (first && SURE[name]?.includes(typeOf(first))) return false;
  const length = args[LENGTHS[name] ?? args.length];
  if (length) return !isConstant(length, (value) => value > 0);
  const word = first?.kind === 'literal' ? String(first.value).toLowerCase() : null;
  if (name === 'date_diff') return word === null || !COARSE_UNIT.test(word);
  if (name === 'date_extract') return word === null || !DATE_PARTS.has(word);
  if (name === 'round') return second !== undefined && !isConstant(second, (value) => value >= 0);
  if (name === 'mv_sort')
    return second !== undefined && !(second.kind === 'literal' && /^(?:asc|desc)$/i.test(String(second.value)));
  return name !== 'substring' || (args[2] !== undefined && !isConstant(args[2], (value) => value >= 0));
}

function callFailures(node: Of<'call'>, compile: Compile): readonly NodeFailure[] {
  const signature = findFunction(node.name);
  const failure = signature?.fails;
  if (!signature || !failure) return [];
  const cells = node.args.map(compile);
  const [first] = cells;
  const result = compile(node);
  if (signature.parameters[0]?.cells === 'each' && first && first.kind !== 'one')
    return [{ failure, condition: `${countOf(result)} < ${countOf(first)}` }];
  const present = cells.map((cell, index) => {
    const use = parameterAt(signature, index, cells.length)?.cells;
    return use === 'single' ? `${singleOf(cell)} IS NOT NULL` : isNotNull(cell);
  });
  const condition = [...present, isNull(result)].join(' AND ');
  if (node.name !== 'repeat') return [{ failure, condition }];
  const isNegative = `${cells[1] ? singleOf(cells[1]) : '0'} < 0`;
  return [
    { failure: 'negative-length', condition: `${isNegative} AND ${condition}` },
    { failure, condition: `NOT (${isNegative}) AND ${condition}` },
  ];
}
