import type { Failure } from './failure.ts';
import type { ValueType } from './value.ts';

/**
 * What a function does with an argument's cell:
 * - `single`: wants one value; the caller wraps the argument in a `single` node.
 * - `each`: applied to every element; the result is the cell of the results, in order.
 * - `whole`: takes all values at once.
 */
export type CellUse = 'single' | 'each' | 'whole';

export interface Parameter {
  readonly name: string;
  /** Types it takes; null stands for every type. A null argument fits any. */
  readonly types: readonly ValueType[] | null;
  readonly cells: CellUse;
}

/** How the result's type follows: fixed, that of the first argument, or the one all values of the call fit in. */
export type ResultType = ValueType | 'as-first' | 'as-all';

/** A scalar function as plans call it. Unless said otherwise a null argument makes the result null. */
export interface FunctionSignature {
  readonly name: string;
  /** What it computes, in a sentence. */
  readonly summary: string;
  readonly parameters: readonly Parameter[];
  /** How many of `parameters` a call must give. */
  readonly required: number;
  /** Further arguments, any number of these. */
  readonly rest?: Parameter;
  readonly result: ResultType;
  /** Why there may be no result though no argument is null; such a null is warned of. Absent where there always is one. */
  readonly fails?: Failure;
}

export const STRING: readonly ValueType[] = ['string'];
export const LONG: readonly ValueType[] = ['long'];
export const NUMBER: readonly ValueType[] = ['long', 'double'];
/** Not addresses: their order is not that of their texts. */
export const ORDERED: readonly ValueType[] = ['string', 'long', 'double', 'boolean', 'datetime'];

export const single = (name: string, types: readonly ValueType[] | null): Parameter => ({
  name,
  types,
  cells: 'single',
});
export const each = (name: string, types: readonly ValueType[] | null): Parameter => ({ name, types, cells: 'each' });
export const whole = (name: string, types: readonly ValueType[] | null): Parameter => ({ name, types, cells: 'whole' });

interface Extent {
  readonly required?: number;
  readonly rest?: Parameter;
  readonly fails?: Failure;
}

/** A signature; `required` is the number of parameters where it is not given. */
export const define = (
  name: string,
  summary: string,
  parameters: readonly Parameter[],
  result: ResultType,
  { required = parameters.length, rest, fails }: Extent = {},
): FunctionSignature => ({
  ...{ name, summary, parameters, required, result },
  ...(rest && { rest }),
  ...(fails && { fails }),
});
