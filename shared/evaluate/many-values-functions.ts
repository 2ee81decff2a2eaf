import { compareScalars, sameScalar } from '#shared/base/order.ts';
import { cellOf, type Scalar, type Value, valuesOf } from '#shared/plan/value.ts';
import { meanOf, sumOf } from './aggregates.ts';
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

const isAbsent = (value: Value | undefined): value is null | undefined => value === null || value === undefined;

export const MANY_VALUES_FUNCTIONS: Readonly<Record<string, Implementation>> = {
  mv_count: ofValues((values) => values.length),
  mv_first: ofValues((values) => values[0] ?? null),
  mv_last: ofValues((values) => values.at(-1) ?? null),
  mv_min: ofValues((values) => values.toSorted(compareScalars)[0] ?? null),
  mv_max: ofValues((values) => values.toSorted(compareScalars).at(-1) ?? null),
  mv_concat: ([cell, delimiter]) => {
    const values = valuesOf(cell);
    return values.length === 0 || typeof delimiter !== 'string' ? null : values.join(delimiter);
  },
  /** Keeps the first of equal values, in the order in which they stand. */
  mv_dedupe: ofValues((values) =>
    cellOf(values.filter((value, index) => values.findIndex((other) => sameScalar(other, value)) === index)),
  ),
  mv_sum: ofValues((values, call) => sumOf(values, call.types[0] ?? null) ?? call.failed('overflow')),
  mv_avg: ofValues((values, call) => meanOf(values, call.types[0] ?? null) ?? call.failed('overflow')),
  mv_slice: slice,
  mv_append: ([first, second]) =>
    isAbsent(first) || isAbsent(second) ? null : cellOf([...valuesOf(first), ...valuesOf(second)]),
};
