import { compareText } from './text.ts';

/** A value that has an order; the same as the plan's `Scalar`. */
export type Ordered = string | number | bigint | boolean;

/**
 * The order of two values of one type: numbers by size, a number and a bigint alike; text by code point; false before true.
 * Negative, zero or positive. Values of different kinds never stand in one column; they are ordered by kind.
 */
export function compareScalars(left: Ordered, right: Ordered): number {
  if (typeof left === 'string' && typeof right === 'string') return compareText(left, right);
  if (isNumber(left) && isNumber(right)) return left < right ? -1 : left > right ? 1 : 0;
  if (typeof left === 'boolean' && typeof right === 'boolean') return Number(left) - Number(right);
  return kindOf(left) - kindOf(right);
}

/** Whether two values are the same; false for values of different kinds. */
export const sameScalar = (left: Ordered, right: Ordered): boolean => compareScalars(left, right) === 0;

/** Order of two lists by their first differing element, a beginning before the whole. */
export function compareLists(left: readonly Ordered[], right: readonly Ordered[]): number {
  const differing = left.findIndex((value, index) => {
    const other = right[index];
    return other === undefined || !sameScalar(value, other);
  });
  const [a, b] = [left[differing], right[differing]];
  return a === undefined || b === undefined ? left.length - right.length : compareScalars(a, b);
}

/** Each value once, ascending. */
export const sortedSet = <Value extends Ordered>(values: readonly Value[]): readonly Value[] =>
  values.toSorted(compareScalars).filter((value, index, sorted) => {
    const before = sorted[index - 1];
    return before === undefined || !sameScalar(before, value);
  });

const isNumber = (value: Ordered): value is number | bigint => typeof value === 'number' || typeof value === 'bigint';

const kindOf = (value: Ordered): number => (typeof value === 'boolean' ? 0 : isNumber(value) ? 1 : 2);
