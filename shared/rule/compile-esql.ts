import type { Diagnostic } from '#shared/base/diagnostic.ts';
import { fail, type Result, succeed } from '#shared/base/result.ts';
import type { FieldCatalogue } from '#shared/event/field.ts';
import { compileEsql, type EsqlQuery } from '#shared/lang/esql/compile.ts';
import { allOf, type Expression } from '#shared/plan/expression.ts';
import type { Plan, Step } from '#shared/plan/plan.ts';
import { printExpression } from '#shared/plan/print-expression.ts';
import { appendFilter, atTicks, insertBeforeAggregate, scheduleWarnings, withEvents } from '#shared/plan/rewrite.ts';
import { compileExceptions } from './compile-exceptions.ts';
import { compileFilters } from './compile-filters.ts';
import type { CompiledRule, RowCondition } from './compiled-rule.ts';
import { countingPlan, doubtsOf } from './doubts.ts';
import { conjunctsOf, dependsOnNow, eventConditions } from './event-filter.ts';
import type { RuleException } from './exceptions-in-force.ts';
import { shapeOf } from './result-columns.ts';
import { earliestFirst, LIMIT_PER_RUN, withoutClosingLimit } from './row-limit.ts';
import type { Rule } from './rule.ts';
import { eventTime, overrideWarnings, withinRuns } from './schedule.ts';

/**
 * An ES|QL rule (elastic/kibana `rule_types/esql`). The rule's window and its exceptions narrow the source events before
 * the query sees them; exceptions of the result stage are ours.
 */
export function compileEsqlRule(
  rule: Rule,
  catalogue: FieldCatalogue,
  exceptions: readonly RuleException[],
): Result<CompiledRule, readonly Diagnostic[]> {
  const query = compileEsql(rule.query, catalogue);
  if (!query.ok) return query;
  const spared = compileExceptions(exceptions, catalogue, query.value.columns);
  if (!spared.ok) return fail(spared.error);

  const filters = compileFilters(rule.filters, catalogue);
  if (!filters.ok) return filters;

  const { steps, limit } = withoutClosingLimit(query.value.plan.steps);
  const events = [filters.value, spared.value.events].filter((one) => one !== null);
  const narrowed = narrow({ steps: earliestFirst(steps) }, events.length > 0 ? allOf(events) : null, spared.value.rows);
  const [filter, timeFilter] = splitByTime([...(filters.value ? [filters.value] : []), ...eventConditions(steps)]);
  const doubts = doubtsOf(filter);
  const time = eventTime(rule, catalogue);
  const { window } = rule;

  return succeed({
    rule,
    aggregating: steps.some((step) => step.kind === 'aggregate'),
    ...shapeOf(steps),
    limit: Math.min(rule.maxSignals, limit ?? rule.maxSignals),
    filter,
    excepted: spared.value.excepted,
    timeFilter,
    conditions: rowConditions(rule.query, steps),
    doubts,
    time,
    warnings: [...warningsOf(query.value), ...overrideWarnings(rule, catalogue), ...spared.value.warnings],
    plan: (ticks) => {
      const { steps } = withEvents(atTicks(narrowed, { ticks, window, time }));
      return { steps: [...steps, LIMIT_PER_RUN] };
    },
    counting: (ticks) => countingPlan(filter, doubts, withinRuns(time, ticks, window)),
  });
}

function narrow(plan: Plan, events: Expression | null, rows: Expression | null): Plan {
  const spared = events ? insertBeforeAggregate(plan, events) : plan;
  return rows ? appendFilter(spared, rows) : spared;
}

/** A rule's run has a limit of its own: that the query names none does not matter. */
const warningsOf = ({ plan, warnings }: EsqlQuery): readonly Diagnostic[] => [
  ...warnings.filter(({ code }) => code !== 'no-limit'),
  ...scheduleWarnings(plan),
];

function splitByTime(conditions: readonly Expression[]): readonly [Expression, Expression | null] {
  const timed = conditions.filter(dependsOnNow);
  return [allOf(conditions.filter((one) => !dependsOnNow(one))), timed.length > 0 ? allOf(timed) : null];
}

function rowConditions(query: string, steps: readonly Step[]): readonly RowCondition[] {
  const grouped = steps.findLastIndex((step) => step.kind === 'aggregate');
  if (grouped === -1) return [];
  return steps
    .slice(grouped + 1)
    .flatMap((step) => (step.kind === 'filter' ? conjunctsOf(step.where) : []))
    .map((expression) => ({
      expression,
      text: expression.span ? query.slice(expression.span.from, expression.span.to) : printExpression(expression),
    }));
}
