import type { StandingFilter } from '#server/store/event-store.ts';
import { allOf, not } from '#shared/plan/expression.ts';
import { fieldsOf } from '#shared/plan/fields.ts';
import type { CompiledRule } from '#shared/rule/compiled-rule.ts';
import { concern } from '#shared/rule/doubts.ts';
import { conjunctsOf } from '#shared/rule/event-filter.ts';
import { FACT_FIELDS } from './event-facts.ts';

/**
 * What a rule asks of every event, and the fields that its runs read; exceptions are mostly about those, or what alerts show.
 * With exceptions as well what they leave of these events, which is what runs look at.
 * @param without the rule without exceptions: what it asks stays the same whatever becomes of them
 */
export function standingFilters(without: CompiledRule, withExceptions: CompiledRule): readonly StandingFilter[] {
  const filter = concern(without);
  const whole = { filter, fields: fieldsRead(without) };
  const { excepted } = withExceptions;
  if (excepted === null) return [whole];
  return [whole, { filter: allOf([...conjunctsOf(filter), not(excepted)]), fields: fieldsRead(withExceptions) }];
}

function fieldsRead({ rule, plan, counting }: CompiledRule): readonly string[] {
  const ticks = { first: 0, last: 0, interval: rule.interval };
  return [...new Set([...fieldsOf(plan(ticks)), ...fieldsOf(counting(ticks)), ...FACT_FIELDS])];
}
