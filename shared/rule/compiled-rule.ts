import type { Diagnostic } from '#shared/base/diagnostic.ts';
import type { Expression } from '#shared/plan/expression.ts';
import type { Plan, Ticks } from '#shared/plan/plan.ts';
import type { Excepted } from './compile-exceptions.ts';
import type { Doubt } from './doubts.ts';
import type { Rule, Threshold } from './rule.ts';

/** A condition on the rows of a rule, with its own words in the query. */
export interface RowCondition {
  readonly text: string;
  readonly expression: Expression;
}

/** A threshold over what a catalogue knows: `counted` is the field whose distinct values count. */
export interface CompiledThreshold extends Threshold {
  readonly counted: (Expression & { readonly kind: 'column' }) | null;
}

/** A rule ready to be asked of a store, with its exceptions in it. */
export interface CompiledRule {
  readonly rule: Rule;
  /** Its rows are groups of events; else each row is one event. */
  readonly aggregating: boolean;
  /** Columns of a row that are the alert's identity; none where a row is an event, whose id that is. */
  readonly keys: readonly string[];
  /** Columns that hold lists whatever their length. */
  readonly lists: ReadonlySet<string>;
  /** Alerts that one run may raise. */
  readonly limit: number;
  /** What the rule asks of a single event, whenever it runs and without its exceptions. */
  readonly filter: Expression;
  /** What its exceptions leave out of these, true or false of each event; null where there are none at that stage. */
  readonly excepted: Excepted | null;
  /** What it asks of the event's time, seen from the run; null where only the window counts. */
  readonly timeFilter: Expression | null;
  /** What it asks of a row after grouping. */
  readonly conditions: readonly RowCondition[];
  /** Reasons for which it cannot judge an event. */
  readonly doubts: readonly Doubt[];
  /** The time of an event to this rule. */
  readonly time: Expression;
  /**
   * Of a threshold rule: an event up to the last one of an earlier alert about its group does not count again, so that rows
   * must be counted anew without such events, run by run.
   */
  readonly threshold?: CompiledThreshold;
  readonly warnings: readonly Diagnostic[];
  /**
   * Its rows at these runs, exceptions applied, at most `ROWS_PER_RUN` a run, not yet cut to `limit`: of each run the rows
   * to keep first. Rows have the query's own columns and `$tick`, `$events`, `$first`, `$last`.
   */
  readonly plan: (ticks: Ticks) => Plan;
  /** How many events these runs match and cannot judge; see `countingPlan`. */
  readonly counting: (ticks: Ticks) => Plan;
}
