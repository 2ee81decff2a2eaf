import type { Diagnostic } from '#shared/base/diagnostic.ts';
import type { FieldCatalogue } from '#shared/event/field.ts';
import type { Expression } from '#shared/plan/expression.ts';
import { allOf } from '#shared/plan/expression.ts';
import type { Ticks } from '#shared/plan/plan.ts';
import type { Rule } from './rule.ts';

const TIMESTAMP = '@timestamp';
const timeOf = (name: string): Expression => ({ kind: 'single', of: { kind: 'column', name, type: 'datetime' } });

/**
 * The time of an event to a rule: its override where the event has it, else `@timestamp` (elastic/kibana
 * `rule_types/utils/build_events_query`).
 */
export function eventTime(rule: Rule, catalogue: FieldCatalogue): Expression {
  const override = rule.timestampOverride;
  if (override === null || override === TIMESTAMP || !catalogue.find(override)) return timeOf(TIMESTAMP);
  return { kind: 'call', name: 'coalesce', type: 'datetime', args: [timeOf(override), timeOf(TIMESTAMP)] };
}

export function overrideWarnings(rule: Rule, catalogue: FieldCatalogue): readonly Diagnostic[] {
  const override = rule.timestampOverride;
  if (override === null || catalogue.find(override)) return [];
  return [
    { code: 'unknown-time-field', severity: 'warning', message: `The events have no ${override}: @timestamp counts.` },
  ];
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
