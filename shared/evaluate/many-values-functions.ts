import { longOf, longOfNumber } from '#shared/base/long.ts';
import { compareScalars, sameScalar } from '#shared/base/order.ts';
import { commonType } from '#shared/plan/types.ts';
import { cellOf, type Scalar, type Value, valuesOf } from '#shared/plan/value.ts';
import { meanOf, ordered, sumOf } from './aggregates.ts';
import type { Call, Implementation } from './implementation.ts';

/** A function of a cell's values, of which there is at least one; null of null. */
const ofValues =
  (compute: (values: readonly Scalar[], call: Call) => Value): Implementation =>
  ([cell], call) => {
    const values = valuesOf(cell);
    return values.length === 0 ? null : compute(values, call);
  };

/** Places beyond either end are cut off; none left is null. */
const slice: Implementation = ([cell, start, ...ends]) => {
  const [end = start] = ends;
  if (cell === null || cell === undefined || isAbsent(start) || isAbsent(end)) return null;
  const values = valuesOf(cell);
  const place = (index: Value): number => Number(index) + (Number(index) < 0 ? values.length : 0);
  return cellOf(values.slice(Math.max(0, place(start)), Math.max(0, place(end) + 1)));
};

const has = (values: readonly Scalar[], sought: Scalar): boolean => values.some((value) => sameScalar(value, sought));

const distinct = (values: readonly Scalar[]): readonly Scalar[] =>
  values.filter((value, index) => values.findIndex((other) => sameScalar(other, value)) === index);

/** The middle one; between two of them half way, whole numbers rounded down. */
function medianOf(values: readonly Scalar[], whole: boolean): Value {
  const sorted = values.toSorted(compareScalars);
  const [lower = 0, upper = 0] = [sorted[Math.ceil(sorted.length / 2) - 1], sorted[Math.floor(sorted.length / 2)]];
  if (!whole) return Number(lower) / 2 + Number(upper) / 2 + 0;
  return longOf((BigInt(lower) + BigInt(upper)) >> 1n);
}

/** Between two values in proportion; of whole numbers the result is cut towards zero. */
function percentileOf(values: readonly Scalar[], percentage: number, call: Call): Value {
  if (!(percentage >= 0 && percentage <= 100)) return call.failed('overflow');
  const sorted = values.toSorted(compareScalars);
  const place = (percentage / 100) * (sorted.length - 1);
  const [lower = 0, upper = 0] = [sorted[Math.floor(place)], sorted[Math.ceil(place)]];
  const share = place - Math.floor(place);
  if (share === 0) return lower;
  const between = Number(lower) + share * (Number(upper) - Number(lower));
  if (call.types[0] === 'long') return longOfNumber(Math.trunc(between) + 0) ?? call.failed('overflow');
  return Number.isFinite(between) ? between + 0 : call.failed('overflow');
}

const isAbsent = (value: Value | undefined): value is null | undefined => value === null || value === undefined;

export const MANY_VALUES_FUNCTIONS: Readonly<Record<string, Implementation>> = {
  mv_count: ofValues((values) => values.length),
  mv_first: ofValues((values) => values[0] ?? null),
  mv_last: ofValues((values) => values.at(-1) ?? null),
  mv_min: ofValues((values, { types }) => ordered(values, types[0] ?? null)[0] ?? null),
  mv_max: ofValues((values, { types }) => ordered(values, types[0] ?? null).at(-1) ?? null),
  mv_concat: ([cell, delimiter]) => {
    const values = valuesOf(cell);
    return values.length === 0 || typeof delimiter !== 'string' ? null : values.join(delimiter);
  },
  /** Keeps the first of equal values, in the order in which they stand. */
  mv_dedupe: ofValues((values) => cellOf(distinct(values))),
  mv_sum: ofValues((values, call) => sumOf(values, call.types[0] ?? null) ?? call.failed('overflow')),
  mv_avg: ofValues((values, call) => meanOf(values, call.types[0] ?? null) ?? call.failed('overflow')),
  mv_slice: slice,
  mv_sort: ([cell, order = 'ASC'], call) => {
    if (cell === null || cell === undefined || order === null) return null;
    const sorted = valuesOf(cell).toSorted(compareScalars);
    const direction = String(order).toUpperCase();
    if (direction !== 'ASC' && direction !== 'DESC') return call.failed('unreadable');
    return cellOf(direction === 'ASC' ? sorted : sorted.toReversed());
  },
  mv_zip: ([first, second, delimiter = ',']) => {
    const [left, right] = [valuesOf(first), valuesOf(second)];
    if (delimiter === null) return null;
    const length = Math.max(left.length, right.length);
    return cellOf(
      Array.from({ length }, (_, index) => {
        const pair = [left[index], right[index]].filter((value) => value !== undefined);
        return pair.join(String(delimiter));
      }),
    );
  },
  mv_median: ofValues((values, call) => medianOf(values, call.types[0] === 'long')),
  mv_percentile: ([cell, percentage], call) => {
    const values = valuesOf(cell);
    return values.length === 0 || isAbsent(percentage) ? null : percentileOf(values, Number(percentage), call);
  },
  mv_contains: ([cell, sought], { types: [type = 'null', soughtType = 'null'] }) => {
    const values = commonType(type, soughtType) === null ? [] : valuesOf(cell);
    return valuesOf(sought).every((value) => has(values, value));
  },
  mv_union: ([first, second]) => cellOf(distinct([...valuesOf(first), ...valuesOf(second)])),
  mv_intersection: ([first, second]) =>
    cellOf(distinct(valuesOf(first)).filter((value) => has(valuesOf(second), value))),
  mv_difference: ([first, second]) =>
    cellOf(distinct(valuesOf(first)).filter((value) => !has(valuesOf(second), value))),
  mv_append: ([first, second]) =>
    isAbsent(first) || isAbsent(second) ? null : cellOf([...valuesOf(first), ...valuesOf(second)]),
};
