import { unreachable } from '#shared/base/assert.ts';
import { longOf } from '#shared/base/long.ts';
import { compareScalars, sortedSet } from '#shared/base/order.ts';
import type { AggregateFunction } from '#shared/plan/plan.ts';
import { cellOf, type Scalar, type Value, type ValueType } from '#shared/plan/value.ts';

/** What is left of an aggregate's argument in a group: how many rows took part, and all values of their cells. */
export interface Gathered {
  readonly rows: number;
  readonly values: readonly Scalar[];
}

/**
 * An aggregate over a group. Nulls are no values; without values counts are 0 and all others null. `argument` is the type
 * of its values, null for `count` of rows (elastic/elasticsearch `docs/reference/`, ES|QL aggregation functions).
 */
export function aggregateOf(fn: AggregateFunction, argument: ValueType | null, { rows, values }: Gathered): Value {
  switch (fn) {
    case 'count':
      return argument === null ? rows : values.length;
    case 'count-distinct':
      return sortedSet(values).length;
    case 'values':
    case 'events':
      return cellOf(sortedSet(values));
    case 'min':
      return values.toSorted(compareScalars)[0] ?? null;
    case 'max':
      return values.toSorted(compareScalars).at(-1) ?? null;
    case 'sum':
      return sumOf(values, argument);
    case 'avg':
      return meanOf(values, argument);
    case 'median':
      return median(values);
    default:
      return unreachable(fn);
  }
}

/** Null for no values, and where the sum does not fit its type. */
export const sumOf = (values: readonly Scalar[], type: ValueType | null): Value =>
  type === 'double' ? sumOfDoubles(values) : sumOfLongs(values);

/** Null for no values, and where the mean is no finite number. */
export const meanOf = (values: readonly Scalar[], type: ValueType | null): Value =>
  values.length === 0 ? null : finite(totalOf(values, type) / values.length);

const finite = (value: number): number | null => (Number.isFinite(value) ? value + 0 : null);

const exactTotal = (values: readonly Scalar[]): bigint =>
  values.reduce<bigint>((sum, value) => sum + BigInt(value), 0n);

const doubleTotal = (values: readonly Scalar[]): number =>
  values.reduce<number>((sum, value) => sum + Number(value), 0);

const totalOf = (values: readonly Scalar[], type: ValueType | null): number =>
  type === 'double' ? doubleTotal(values) : Number(exactTotal(values));

const sumOfDoubles = (values: readonly Scalar[]): Value => (values.length === 0 ? null : finite(doubleTotal(values)));

/** Null where the sum is no long. */
const sumOfLongs = (values: readonly Scalar[]): Value => (values.length === 0 ? null : longOf(exactTotal(values)));

/** Half way between the two in the middle where there are two; exact, where Elasticsearch's digest is near. */
function median(values: readonly Scalar[]): Value {
  const sorted = values.toSorted(compareScalars).map(Number);
  const upper = sorted[Math.floor(sorted.length / 2)];
  const lower = sorted[Math.ceil(sorted.length / 2) - 1];
  return upper === undefined || lower === undefined ? null : finite(lower + (upper - lower) / 2);
}
