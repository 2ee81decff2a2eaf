import { unreachable } from '#shared/base/assert.ts';
import { longOf } from '#shared/base/long.ts';
import { compareLists, compareScalars, sortedSet } from '#shared/base/order.ts';
import { compareText } from '#shared/base/text.ts';
import type { Aggregate } from '#shared/plan/plan.ts';
import { cellOf, type Scalar, type Value, type ValueType } from '#shared/plan/value.ts';
import { addressKey } from './conversion-functions.ts';

/** What is left of an aggregate's argument in a group: how many rows took part, and all values of their cells. */
export interface Gathered {
  readonly rows: number;
  readonly values: readonly Scalar[];
}

/**
 * An aggregate over a group. Nulls are no values; without values counts are 0 and all others null. `argument` is the type
 * of its values, null for `count` of rows (elastic/elasticsearch `docs/reference/`, ES|QL aggregation functions).
 */
export function aggregateOf(
  { function: fn, at = 0 }: Pick<Aggregate, 'function' | 'at'>,
  argument: ValueType | null,
  { rows, values }: Gathered,
): Value {
  switch (fn) {
    case 'count':
      return argument === null ? rows : values.length;
    case 'count-distinct':
      return sortedSet(values).length;
    case 'values':
    case 'events':
      return cellOf(sortedSet(values));
    case 'min':
      return ordered(values, argument)[0] ?? null;
    case 'max':
      return ordered(values, argument).at(-1) ?? null;
    case 'sum':
      return sumOf(values, argument);
    case 'avg':
      return meanOf(values, argument);
    case 'median':
      return median(values);
    case 'percentile':
      return percentile(values, at);
    case 'variance':
      return variance(values);
    case 'std-dev':
      return deviation(variance(values));
    case 'median-deviation':
      return medianDeviation(values);
    case 'least':
      return cellOf(values.toSorted(compareScalars).slice(0, at));
    case 'greatest':
      return cellOf(values.toSorted(compareScalars).toReversed().slice(0, at));
    case 'first':
      return pairs(values)[0]?.[1] ?? null;
    case 'last':
      return pairs(values).at(-1)?.[1] ?? null;
    case 'present':
      return values.length > 0;
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

/** Ascending; addresses by their bytes. */
export const ordered = (values: readonly Scalar[], type: ValueType | null): readonly Scalar[] =>
  type === 'ip'
    ? values.toSorted((left, right) => compareText(addressKey(String(left)), addressKey(String(right))))
    : values.toSorted(compareScalars);

/** What decides and its value, row by row, in order. */
function pairs(values: readonly Scalar[]): readonly (readonly Scalar[])[] {
  const rows = Array.from({ length: values.length / 2 }, (_, index) => values.slice(2 * index, 2 * index + 2));
  return rows.toSorted(compareLists);
}

function percentile(values: readonly Scalar[], at: number): Value {
  const sorted = values.toSorted(compareScalars).map(Number);
  const place = (sorted.length - 1) * (at / 100);
  const [lower, upper] = [sorted[Math.floor(place)], sorted[Math.ceil(place)]];
  if (lower === undefined || upper === undefined) return null;
  const share = place - Math.floor(place);
  return finite(share === 0 ? lower : lower * (1 - share) + upper * share);
}

/** Mean of the squared distances from the mean, step by step (Welford). */
function variance(values: readonly Scalar[]): number | null {
  let [mean, squares] = [0, 0];
  for (const [index, value] of values.entries()) {
    const distance = Number(value) - mean;
    mean += distance / (index + 1);
    squares += distance * (Number(value) - mean);
  }
  return values.length === 0 ? null : finite(squares / values.length);
}

const deviation = (square: number | null): Value => (square === null ? null : finite(Math.sqrt(square)));

function medianDeviation(values: readonly Scalar[]): Value {
  const middle = median(values);
  return middle === null ? null : median(values.map((value) => Math.abs(Number(value) - Number(middle))));
}

/** Half way between the two in the middle where there are two; exact, where Elasticsearch's digest is near. */
function median(values: readonly Scalar[]): Value {
  const sorted = values.toSorted(compareScalars).map(Number);
  const upper = sorted[Math.floor(sorted.length / 2)];
  const lower = sorted[Math.ceil(sorted.length / 2) - 1];
  return upper === undefined || lower === undefined ? null : finite(lower + (upper - lower) / 2);
}
