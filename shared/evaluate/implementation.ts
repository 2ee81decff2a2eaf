import type { Failure } from '#shared/plan/failure.ts';
import type { Scalar, Value, ValueType } from '#shared/plan/value.ts';

/** What a function knows besides its cells. */
export interface Call {
  /** Types of the arguments: a datetime and a long look the same. */
  readonly types: readonly ValueType[];
  /** Reports why there is no result; gives the null to return. */
  failed(failure: Failure): null;
}

/**
 * A function over the cells of its arguments, for types that were checked before. A cell of several values only reaches
 * arguments that take them.
 */
export type Implementation = (cells: readonly Value[], call: Call) => Value;

/** A function of single values that is null where one of them is. */
export const strict =
  (compute: (values: readonly Scalar[], call: Call) => Value): Implementation =>
  (cells, call) => {
    const values = cells.filter((cell): cell is Scalar => cell !== null && !Array.isArray(cell));
    return values.length === cells.length ? compute(values, call) : null;
  };

/** A function of texts; see `strict`. */
export const ofTexts = (compute: (...texts: readonly string[]) => Value): Implementation =>
  strict((values) => compute(...values.map(String)));
