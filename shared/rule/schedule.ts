import type { Diagnostic } from '#shared/base/diagnostic.ts';
import type { FieldCatalogue } from '#shared/event/field.ts';
import type { Expression } from '#shared/plan/expression.ts';
import { allOf } from '#shared/plan/expression.ts';
import type { Ticks } from '#shared/plan/plan.ts';
import type { Rule } from './rule.ts';

const TIMESTAMP = '@timestamp';
const timeOf = (name: string): Expression => ({ kind: 'single', of: { kind: 'column', name, type: 'datetime' } });

/** The time that every event has. */
export const STORED_TIME: Expression = timeOf(TIMESTAMP);

/**
 * The time of an event to a rule: its override where the event has it, else, unless the rule forbids it, `@timestamp` (elastic/kibana
 * `rule_types/utils/build_events_query`).
 */
export function eventTime(rule: Rule, catalogue: FieldCatalogue): Expression {
  const override = rule.timestampOverride;
  if (override === null || !hasOwnTime(rule, catalogue)) return STORED_TIME;
  if (rule.isOverrideRequired) return timeOf(override);
  return { kind: 'call', name: 'coalesce', type: 'datetime', args: [timeOf(override), STORED_TIME] };
}

/** Whether another time than `@timestamp` can count. */
export const hasOwnTime = ({ timestampOverride }: Rule, catalogue: FieldCatalogue): boolean =>
  timestampOverride !== null && timestampOverride !== TIMESTAMP && catalogue.find(timestampOverride)?.type === 'date';

export function overrideWarnings(rule: Rule, catalogue: FieldCatalogue): readonly Diagnostic[] {
  const override = rule.timestampOverride;
  if (override === null || override === TIMESTAMP || hasOwnTime(rule, catalogue)) return [];
  const problem = catalogue.find(override) ? `${override} is no date` : `The events have no ${override}`;
  return [{ code: 'unknown-time-field', severity: 'warning', message: `${problem}: @timestamp counts.` }];
}

/** The event time is within what any of the runs looks at, both ends included. */
export function withinRuns(time: Expression, ticks: Ticks, window: number): Expression {
  const bound = (operator: '>=' | '<=', value: number): Expression => ({
    kind: 'compare',
    operator,
    left: time,
    right: { kind: 'literal', type: 'datetime', value },
  });
  return allOf([bound('>=', ticks.first - window), bound('<=', ticks.last)]);
}
