import type { StandingFilter } from '#server/store/event-store.ts';
import { allOf, not } from '#shared/plan/expression.ts';
import { fieldsOf } from '#shared/plan/fields.ts';
import type { CompiledRule } from '#shared/rule/compiled-rule.ts';
import { concern } from '#shared/rule/doubts.ts';
import { conjunctsOf } from '#shared/rule/event-filter.ts';
import { FACT_FIELDS } from './event-facts.ts';

/** What exceptions mostly ask beside what rules read and alerts show. */
const EXCEPTION_FIELDS = ['process.args', 'process.parent.command_line', 'host.os.type', 'host.os.name'];

/**
 * What a rule asks of every event, and the fields that its runs and exceptions read. With exceptions as well what they leave of
 * these events, which is what runs look at.
 * @param without the rule without exceptions: what it asks stays the same whatever becomes of them
 */
export function standingFilters(without: CompiledRule, { excepted }: CompiledRule): readonly StandingFilter[] {
  const filter = concern(without);
  const fields = fieldsRead(without);
  if (excepted === null) return [{ filter, fields }];
  const left = allOf([...conjunctsOf(filter), not(excepted.any)]);
  return [
    { filter, fields },
    { filter: left, fields, sparing: { of: filter, items: excepted.items } },
  ];
}

function fieldsRead({ rule, plan, counting }: CompiledRule): readonly string[] {
  const ticks = { first: 0, last: 0, interval: rule.interval };
  return [...new Set([...fieldsOf(plan(ticks)), ...fieldsOf(counting(ticks)), ...FACT_FIELDS, ...EXCEPTION_FIELDS])];
}
