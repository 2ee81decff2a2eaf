import { compareScalars, sameScalar } from '#shared/base/order.ts';
import { cellOf, type Scalar, type Value, valuesOf } from '#shared/plan/value.ts';
import type { Implementation } from './implementation.ts';

/** A function of a cell's values, of which there is at least one; null of null. */
const ofValues =
  (compute: (values: readonly Scalar[]) => Value): Implementation =>
  ([cell]) => {
    const values = valuesOf(cell);
    return values.length === 0 ? null : compute(values);
  };

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
};
