import { must } from '#shared/base/assert.ts';
import type { Diagnostic } from '#shared/base/diagnostic.ts';
import { fail, type Result, succeed } from '#shared/base/result.ts';
import type { FieldCatalogue } from '#shared/event/field.ts';
import { columnsAfter, sourceColumns, visible } from '#shared/plan/columns.ts';
import type { Step, Ticks } from '#shared/plan/plan.ts';
import { valueTypeOf } from '#shared/plan/types.ts';
import { compileEventFilter, filterSteps } from './compile-event-filter.ts';
import { compileExceptions } from './compile-exceptions.ts';
import type { CompiledRule } from './compiled-rule.ts';
import { countingPlan, lacking } from './doubts.ts';
import type { RuleException } from './exceptions-in-force.ts';
import { LIMIT_PER_RUN } from './row-limit.ts';
import type { Rule } from './rule.ts';
import { eventTime, overrideWarnings, withinRuns } from './schedule.ts';

/**
 * A new-terms rule. One filter, the query and no exception, serves candidates and history alike (elastic/kibana
 * `rule_types/new_terms`): an excepted event does not make a term old.
 */
export function compileNewTermsRule(
  rule: Rule,
  catalogue: FieldCatalogue,
  exceptions: readonly RuleException[],
): Result<CompiledRule, readonly Diagnostic[]> {
  const { fields, history } = must(rule.newTerms, 'new terms');
  const query = compileEventFilter(rule, catalogue);
  if (!query.ok) return query;
  const { filter, warnings } = query.value;
  const time = eventTime(rule, catalogue);
  const newTerms = (ticks: Ticks): Step => ({ kind: 'new-terms', fields, ticks, window: rule.window, history, time });

  const once = newTerms({ first: 0, last: 0, interval: rule.interval });
  const columns = visible(columnsAfter([once], sourceColumns(catalogue)));
  const spared = compileExceptions(exceptions, catalogue, columns);
  if (!spared.ok) return fail(spared.error);
  const { events, rows } = spared.value;
  const doubts = lacking(fields.map((name) => ({ name, type: valueTypeOf(must(catalogue.find(name), name).type) })));

  return succeed({
    rule,
    aggregating: true,
    keys: fields,
    lists: new Set<string>(),
    limit: rule.maxSignals,
    filter,
    excepted: spared.value.excepted,
    timeFilter: null,
    conditions: [],
    doubts,
    time,
    warnings: [...warnings, ...overrideWarnings(rule, catalogue), ...spared.value.warnings],
    plan: (ticks) => ({
      steps: [...filterSteps([filter, events]), newTerms(ticks), ...filterSteps([rows]), LIMIT_PER_RUN],
    }),
    counting: (ticks) => countingPlan(filter, doubts, withinRuns(time, ticks, rule.window)),
  });
}
