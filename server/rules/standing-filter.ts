import type { StandingFilter } from '#server/store/event-store.ts';
import { fieldsOf } from '#shared/plan/fields.ts';
import type { CompiledRule } from '#shared/rule/compiled-rule.ts';
import { concern } from '#shared/rule/doubts.ts';
import { FACT_FIELDS } from './event-facts.ts';

/** What a rule asks of every event, and the fields that its runs read; exceptions are mostly about those, or what alerts show. */
export function standingFilter(compiled: CompiledRule): StandingFilter {
  const ticks = { first: 0, last: 0, interval: compiled.rule.interval };
  const plans = [compiled.plan(ticks), compiled.counting(ticks)];
  return { filter: concern(compiled), fields: [...new Set([...plans.flatMap(fieldsOf), ...FACT_FIELDS])] };
}
