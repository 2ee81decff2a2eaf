import type { Diagnostic } from '#shared/base/diagnostic.ts';
import { fail, type Result, succeed } from '#shared/base/result.ts';
import type { FieldCatalogue } from '#shared/event/field.ts';
import type { Expression } from '#shared/plan/expression.ts';
import type { Plan, Ticks } from '#shared/plan/plan.ts';
import { compileEsqlRule } from './compile-esql.ts';
import { compileNewTermsRule } from './compile-new-terms.ts';
import type { Doubt } from './doubts.ts';
import type { RuleException } from './exceptions-in-force.ts';
import type { Rule } from './rule.ts';

/** A condition on the rows of a rule, with its own words in the query. */
export interface RowCondition {
  readonly text: string;
  readonly expression: Expression;
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
  /** What it asks of the event's time, seen from the run; null where only the window counts. */
  readonly timeFilter: Expression | null;
  /** What it asks of a row after grouping. */
  readonly conditions: readonly RowCondition[];
  /** Reasons for which it cannot judge an event. */
  readonly doubts: readonly Doubt[];
  /** The time of an event to this rule. */
  readonly time: Expression;
  readonly warnings: readonly Diagnostic[];
  /**
   * Its rows at these runs, exceptions applied, at most `ROWS_PER_RUN` a run, not yet cut to `limit`: of each run the rows
   * to keep first. Rows have the query's own columns and `$tick`, `$events`, `$first`, `$last`.
   */
  readonly plan: (ticks: Ticks) => Plan;
  /** How many events these runs match and cannot judge; see `countingPlan`. */
  readonly counting: (ticks: Ticks) => Plan;
}

/**
 * Compiles a rule over a store's fields. Problems of the query have spans in it; those of an exception name the exception.
 * A rule with an exception that cannot be applied is not evaluated at all, as in Elastic (elastic/kibana
 * `unable to fetch exception list items`).
 */
export function compileRule(
  rule: Rule,
  catalogue: FieldCatalogue,
  exceptions: readonly RuleException[],
): Result<CompiledRule, readonly Diagnostic[]> {
  const unknown = (rule.newTerms?.fields ?? []).filter((field) => !catalogue.find(field));
  if (unknown.length > 0) return fail(unknown.map(unknownTerm));
  const compiled =
    rule.type === 'esql'
      ? compileEsqlRule(rule, catalogue, exceptions)
      : compileNewTermsRule(rule, catalogue, exceptions);
  return compiled.ok ? succeed(compiled.value) : compiled;
}

const unknownTerm = (field: string): Diagnostic => ({
  code: 'unknown-field',
  severity: 'error',
  message: `rule.new_terms names the field ${field}, which the events do not have.`,
});
