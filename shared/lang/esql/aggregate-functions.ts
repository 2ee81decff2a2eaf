import type { AggregateFunction } from '#shared/plan/plan.ts';
import type { ValueType } from '#shared/plan/value.ts';

export interface AggregateSignature {
  readonly function: AggregateFunction;
  /** Types it takes; null: every type. */
  readonly types: readonly ValueType[] | null;
  readonly summary: string;
}

const NUMBER: readonly ValueType[] = ['long', 'double'];
const ORDERED: readonly ValueType[] = ['string', 'long', 'double', 'boolean', 'datetime'];

/** The aggregate functions of STATS by name in lower case. */
export const AGGREGATES: ReadonlyMap<string, AggregateSignature> = new Map([
  [
    'count',
    { function: 'count', types: null, summary: 'Rows, as `count()`, `count(*)` or `count(1)`; values of a column.' },
  ],
  [
    'count_distinct',
    { function: 'count-distinct', types: null, summary: 'Different values, counted exactly; a precision is ignored.' },
  ],
  ['values', { function: 'values', types: null, summary: 'Different values, sorted.' }],
  ['min', { function: 'min', types: ORDERED, summary: 'The least value.' }],
  ['max', { function: 'max', types: ORDERED, summary: 'The greatest value.' }],
  ['sum', { function: 'sum', types: NUMBER, summary: 'Sum of the values.' }],
  ['avg', { function: 'avg', types: NUMBER, summary: 'Mean of the values.' }],
  ['median', { function: 'median', types: NUMBER, summary: 'Median of the values.' }],
]);
