import type { Instant, Milliseconds } from '../base/time.ts';
import type { Expression } from './expression.ts';

/** Columns whose name begins so are ours: they carry what a row is made of and are not shown as the query's own. */
export const HIDDEN = '$';

/** The store's number of an event, in every source row. */
export const EVENT_COLUMN = '$event';
/** Numbers of the events a row was made from. */
export const EVENTS_COLUMN = '$events';
/** First and last `@timestamp` of those events. */
export const FIRST_COLUMN = '$first';
export const LAST_COLUMN = '$last';
/** The run a row belongs to, by its time. */
export const TICK_COLUMN = '$tick';

export const isHidden = (column: string): boolean => column.startsWith(HIDDEN);

export type AggregateFunction =
  | 'count'
  | 'count-distinct'
  | 'values'
  | 'min'
  | 'max'
  | 'sum'
  | 'avg'
  | 'median'
  /** The value below which `at` percent lie, between two values in proportion. */
  | 'percentile'
  /** Of the whole group, not of a sample. */
  | 'variance'
  | 'std-dev'
  /** Median of the distances from the median. */
  | 'median-deviation'
  /** The `at` least or greatest values, in that order, repeated ones too. */
  | 'least'
  | 'greatest'
  /** The value beside the least or greatest value of `by`; of several the least or greatest. */
  | 'first'
  | 'last'
  /** Whether there is a value. */
  | 'present'
  /** Numbers of the group's events as a list, ascending. */
  | 'events';

/** One output column of an aggregate step. All values of a cell count, nulls do not; `count` of nothing counts rows. */
export interface Aggregate {
  readonly name: string;
  readonly function: AggregateFunction;
  /** The argument; null for `count(*)` and `events`. */
  readonly of: Expression | null;
  /** A constant of the function: a percentage, a number of values. */
  readonly at?: number;
  /** What decides of `first` and `last`; both it and `of` have one value, or the row takes no part. */
  readonly by?: Expression;
  /** Only rows where this is true take part. */
  readonly where: Expression | null;
}

export interface NamedExpression {
  readonly name: string;
  readonly value: Expression;
}

export interface SortKey {
  readonly value: Expression;
  readonly direction: 'ascending' | 'descending';
  readonly nulls: 'first' | 'last';
}

/**
 * When a rule runs: at `first`, then every `interval`, up to and including `last`. A single run has `first` = `last`.
 */
export interface Ticks {
  readonly first: Instant;
  readonly last: Instant;
  readonly interval: Milliseconds;
}

/**
 * One step of a pipeline. Columns are named in the order in which a reader would see them.
 */
export type Step =
  /** Keeps rows where `where` is exactly true. */
  | { readonly kind: 'filter'; readonly where: Expression }
  /** Keeps these columns, in this order; hidden columns always stay. */
  | { readonly kind: 'keep'; readonly columns: readonly string[] }
  /** Takes these columns away where they are: a store need not hold them. Hidden ones go as well that only the steps before read. */
  | { readonly kind: 'drop'; readonly columns: readonly string[] }
  /** Adds columns at the end; one of an existing name replaces it and moves. Later ones see earlier ones. */
  | { readonly kind: 'derive'; readonly columns: readonly NamedExpression[] }
  | { readonly kind: 'rename'; readonly columns: readonly { readonly from: string; readonly to: string }[] }
  /**
   * One row a group: aggregates in order, then keys. A null key is a group. A row with several values of a key enters one
   * group per distinct value. No keys: one row, also for no input. `keys: [], aggregates` non-empty.
   */
  | { readonly kind: 'aggregate'; readonly aggregates: readonly Aggregate[]; readonly keys: readonly NamedExpression[] }
  /**
   * Adds to each row the aggregates over the rows that share its values of the columns `by`; null in a row that has several
   * values of one. Rows keep their order; the aggregates stand behind the other columns, then those of `by`.
   */
  | { readonly kind: 'inline-aggregate'; readonly aggregates: readonly Aggregate[]; readonly by: readonly string[] }
  /** Several values sort by their least (ascending) or greatest (descending). Ties: every other visible column in order, ascending, nulls last. */
  | { readonly kind: 'sort'; readonly by: readonly SortKey[] }
  /** The first `count` rows, of each combination of `per` where given. */
  | { readonly kind: 'limit'; readonly count: number; readonly per?: readonly string[] }
  /** One row per value of the column; a null row stays. */
  | { readonly kind: 'expand'; readonly column: string }
  /**
   * One row per event and run that sees it: `from <= time <= tick` with `from = tick - window`, where time is the value of
   * `time`. Adds `$tick`.
   */
  | { readonly kind: 'ticks'; readonly ticks: Ticks; readonly window: Milliseconds; readonly time: Expression }
  /**
   * Elastic's new-terms executor over source rows (elastic/kibana `rule_types/new_terms`). At each tick: a combination of
   * the fields' values with an event in [tick - window, tick] is new where its first event in [tick - history, tick] is
   * strictly later than tick - window. Rows lacking a field are skipped; several values explode. One row per tick and new
   * combination: the fields, `$tick`, `$events` (in [tick - window, tick]), `$first`, `$last`. Sorted by `$tick`, `$first`, then fields.
   */
  | {
      readonly kind: 'new-terms';
      readonly fields: readonly string[];
      readonly ticks: Ticks;
      readonly window: Milliseconds;
      readonly history: Milliseconds;
      readonly time: Expression;
    };

/** A question to the data: all events of the store through a pipeline. Plain data. */
export interface Plan {
  readonly steps: readonly Step[];
}
