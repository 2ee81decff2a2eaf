import type { Diagnostic } from '#shared/base/diagnostic.ts';
import { fail, type Result, succeed } from '#shared/base/result.ts';
import type { FieldCatalogue } from '#shared/event/field.ts';
import { sourceColumns, visible } from '#shared/plan/columns.ts';
import { fieldsOf } from '#shared/plan/fields.ts';
import type { Plan, Ticks } from '#shared/plan/plan.ts';
import { atTicks, withEvents } from '#shared/plan/rewrite.ts';
import { compileEventFilter, filterSteps } from './compile-event-filter.ts';
import { compileExceptions } from './compile-exceptions.ts';
import type { CompiledRule } from './compiled-rule.ts';
import { countingPlan } from './doubts.ts';
import type { RuleException } from './exceptions-in-force.ts';
import { earliestFirst, LIMIT_PER_RUN } from './row-limit.ts';
import type { Rule } from './rule.ts';
import { eventTime, overrideWarnings, withinRuns } from './schedule.ts';

/** Fields that an alert of one event shows beside those its rule reads. */
const SHOWN = ['@timestamp', 'host.name', 'user.name', 'process.command_line', 'process.executable'];

/**
 * A `query` rule: one alert for each event that the query matches (elastic/kibana `rule_types/query`), known by the event,
 * so that overlapping runs report it once. The earliest events of a run come first, as there.
 */
export function compileQueryRule(
  rule: Rule,
  catalogue: FieldCatalogue,
  exceptions: readonly RuleException[],
): Result<CompiledRule, readonly Diagnostic[]> {
  const query = compileEventFilter(rule, catalogue);
  if (!query.ok) return query;
  const { filter, warnings } = query.value;
  const spared = compileExceptions(exceptions, catalogue, visible(sourceColumns(catalogue)));
  if (!spared.ok) return fail(spared.error);
  const time = eventTime(rule, catalogue);
  const shown = [...new Set([...SHOWN, ...rule.highlights, ...fieldsOf(filter)])];
  const matching: Plan = {
    steps: [
      ...filterSteps([filter, spared.value.events, spared.value.rows]),
      { kind: 'keep', columns: shown.filter((name) => catalogue.find(name)?.name === name) },
    ],
  };
  const { window } = rule;
  return succeed({
    rule,
    aggregating: false,
    keys: [],
    lists: new Set<string>(),
    limit: rule.maxSignals,
    filter,
    excepted: spared.value.excepted,
    timeFilter: null,
    conditions: [],
    doubts: [],
    time,
    warnings: [...warnings, ...overrideWarnings(rule, catalogue), ...spared.value.warnings],
    plan: (ticks: Ticks) => ({
      steps: [...earliestFirst(withEvents(atTicks(matching, { ticks, window, time })).steps), LIMIT_PER_RUN],
    }),
    counting: (ticks) => countingPlan(filter, [], withinRuns(time, ticks, window)),
  });
}
