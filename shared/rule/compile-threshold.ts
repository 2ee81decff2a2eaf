import { must } from '#shared/base/assert.ts';
import type { Diagnostic } from '#shared/base/diagnostic.ts';
import { fail, type Result, succeed } from '#shared/base/result.ts';
import type { FieldCatalogue } from '#shared/event/field.ts';
import { aggregate } from '#shared/plan/build.ts';
import { columnsAfter, sourceColumns, visible } from '#shared/plan/columns.ts';
import { type Expression, not } from '#shared/plan/expression.ts';
import type { Aggregate, NamedExpression, Plan, SortKey, Step, Ticks } from '#shared/plan/plan.ts';
import { atTicks, withEvents } from '#shared/plan/rewrite.ts';
import { valueTypeOf } from '#shared/plan/types.ts';
import { compileEventFilter, filterSteps } from './compile-event-filter.ts';
import { compileExceptions } from './compile-exceptions.ts';
import type { CompiledRule, RowCondition } from './compiled-rule.ts';
import { countingPlan, lacking } from './doubts.ts';
import type { RuleException } from './exceptions-in-force.ts';
import { earliestFirst, LIMIT_PER_RUN } from './row-limit.ts';
import type { Rule, Threshold } from './rule.ts';
import { eventTime, overrideWarnings, withinRuns } from './schedule.ts';

/** Columns of a threshold rule's rows, named as in Elastic's alerts. */
export const COUNT_COLUMN = 'threshold_result.count';
export const CARDINALITY_COLUMN = 'threshold_result.cardinality';
/** Least and greatest time of the events counted. */
export const FROM_COLUMN = 'threshold_result.from';
export const TO_COLUMN = 'threshold_result.to';

/**
 * A threshold rule (elastic/kibana `rule_types/threshold`): the groups of a run's window with at least so many events. An
 * event without one of the fields is in no group; one with several values is in a group for each. Its rows are all groups at
 * or over the threshold; that events counted in an alert are not counted again is for whoever runs it: see
 * `CompiledRule.threshold`. The largest groups come first.
 */
export function compileThresholdRule(
  rule: Rule,
  catalogue: FieldCatalogue,
  exceptions: readonly RuleException[],
): Result<CompiledRule, readonly Diagnostic[]> {
  const threshold = must(rule.threshold, 'threshold');
  const query = compileEventFilter(rule, catalogue);
  if (!query.ok) return query;
  const { filter, warnings } = query.value;
  const time = eventTime(rule, catalogue);
  const columnOf = (name: string): Expression & { kind: 'column' } => ({
    kind: 'column',
    name,
    type: valueTypeOf(must(catalogue.find(name), name).type),
  });
  const { fields, cardinality } = threshold;
  const conditions = conditionsOf(threshold);
  const grouping = groupingOf(threshold, columnOf, time);
  const spared = compileExceptions(exceptions, catalogue, visible(columnsAfter(grouping, sourceColumns(catalogue))));
  if (!spared.ok) return fail(spared.error);

  const groups: Plan = {
    steps: [
      ...filterSteps([filter, spared.value.events]),
      ...grouping,
      ...filterSteps([...conditions.map(({ expression }) => expression), spared.value.rows]),
      { kind: 'sort', by: [LARGEST] },
    ],
  };
  const { window } = rule;
  const doubts = lacking(fields.map(columnOf));
  return succeed({
    rule,
    aggregating: true,
    keys: fields,
    lists: new Set<string>(),
    limit: rule.maxSignals,
    filter,
    excepted: spared.value.excepted,
    timeFilter: null,
    conditions,
    doubts,
    time,
    threshold: { ...threshold, counted: cardinality && columnOf(cardinality.field) },
    warnings: [...warnings, ...overrideWarnings(rule, catalogue), ...spared.value.warnings],
    plan: (ticks: Ticks) => ({
      steps: [...earliestFirst(withEvents(atTicks(groups, { ticks, window, time })).steps), LIMIT_PER_RUN],
    }),
    counting: (ticks) => countingPlan(filter, doubts, withinRuns(time, ticks, window)),
  });
}

function groupingOf(
  { fields, cardinality }: Threshold,
  columnOf: (name: string) => Expression,
  time: Expression,
): readonly Step[] {
  const aggregates: readonly Aggregate[] = [
    aggregate(COUNT_COLUMN, 'count'),
    ...(cardinality ? [aggregate(CARDINALITY_COLUMN, 'count-distinct', columnOf(cardinality.field))] : []),
    aggregate(FROM_COLUMN, 'min', time),
    aggregate(TO_COLUMN, 'max', time),
  ];
  const keys: readonly NamedExpression[] = fields.map((name) => ({ name, value: columnOf(name) }));
  const present = fields.map((name): Expression => not({ kind: 'is-null', of: columnOf(name) }));
  return [...filterSteps(present), { kind: 'aggregate', aggregates, keys }];
}

const figure = (name: string): Expression => ({ kind: 'single', of: { kind: 'column', name, type: 'long' } });

const LARGEST: SortKey = { value: figure(COUNT_COLUMN), direction: 'descending', nulls: 'last' };

function conditionsOf({ value, cardinality }: Threshold): readonly RowCondition[] {
  const atLeast = (name: string, least: number): RowCondition => ({
    text: `${name} >= ${least}`,
    expression: {
      kind: 'compare',
      operator: '>=',
      left: figure(name),
      right: { kind: 'literal', type: 'long', value: least },
    },
  });
  return [atLeast(COUNT_COLUMN, value), ...(cardinality ? [atLeast(CARDINALITY_COLUMN, cardinality.value)] : [])];
}
