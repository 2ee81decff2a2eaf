import type { AggregateFunction } from '#shared/plan/plan.ts';
import type { ValueType } from '#shared/plan/value.ts';

export interface AggregateSignature {
  readonly function: AggregateFunction;
  /** Types it takes; null: every type. */
  readonly types: readonly ValueType[] | null;
  /** What stands behind the first argument: a percentage; a number of values and their order; what decides; nothing. */
  readonly second?: 'percentage' | 'best' | 'decider';
  readonly summary: string;
}

const NUMBER: readonly ValueType[] = ['long', 'double'];
const ORDERED: readonly ValueType[] = ['string', 'long', 'double', 'boolean', 'datetime', 'ip'];

const SORTED: readonly ValueType[] = ['string', 'long', 'double', 'boolean', 'datetime'];

/** The aggregate functions of STATS by name in lower case. */
export const AGGREGATES: ReadonlyMap<string, AggregateSignature> = new Map<string, AggregateSignature>([
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
  [
    'percentile',
    {
      function: 'percentile',
      types: NUMBER,
      second: 'percentage',
      summary: 'The value below which so many percent lie, exactly.',
    },
  ],
  ['variance', { function: 'variance', types: NUMBER, summary: 'Variance of the values.' }],
  ['std_dev', { function: 'std-dev', types: NUMBER, summary: 'Standard deviation of the values.' }],
  ['stddev', { function: 'std-dev', types: NUMBER, summary: 'As `std_dev`.' }],
  [
    'median_absolute_deviation',
    { function: 'median-deviation', types: NUMBER, summary: 'Median of the distances from the median.' },
  ],
  [
    'top',
    {
      function: 'least',
      types: SORTED,
      second: 'best',
      summary: 'So many values, the least (`asc`) or the greatest (`desc`) first.',
    },
  ],
  [
    'first',
    { function: 'first', types: null, second: 'decider', summary: 'The value beside the least of another column.' },
  ],
  [
    'last',
    { function: 'last', types: null, second: 'decider', summary: 'The value beside the greatest of another column.' },
  ],
  ['present', { function: 'present', types: null, summary: 'Whether there is a value.' }],
  ['absent', { function: 'present', types: null, summary: 'Whether there is no value.' }],
  ['median', { function: 'median', types: NUMBER, summary: 'Median of the values.' }],
]);
