import { catalogueOf, type FieldCatalogue } from '#shared/event/field.ts';
import { fieldsOf } from '#shared/plan/fields.ts';
import type { CompiledRule } from '#shared/rule/compiled-rule.ts';
import { SUBJECT_FIELDS } from './event-facts.ts';

/** The fields of a catalogue that these rules and their alerts read: all that a store has to hold to run them. */
export function fieldsForRules(rules: readonly CompiledRule[], catalogue: FieldCatalogue): FieldCatalogue {
  const names = new Set<string>(['@timestamp', 'event.id', ...SUBJECT_FIELDS]);
  for (const { rule, plan, counting } of rules) {
    const ticks = { first: 0, last: 0, interval: rule.interval };
    for (const name of [...fieldsOf(plan(ticks)), ...fieldsOf(counting(ticks))]) names.add(name);
  }
  return catalogueOf(catalogue.fields.filter(({ name }) => names.has(name)));
}
