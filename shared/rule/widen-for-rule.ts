import type { FieldCatalogue } from '#shared/event/field.ts';
import { mergeFields } from '#shared/event/merge-fields.ts';
import { type WidenedForQuery, widenForQuery } from '#shared/lang/widen-for-query.ts';
import type { Rule } from './rule.ts';
import type { RuleFilter } from './rule-filter.ts';

/** The catalogue with every field that a rule names: in its query, its filters and its settings. */
export const widenForRule = (catalogue: FieldCatalogue, rule: Rule): WidenedForQuery =>
  widenForQuery(catalogue, rule.query, rule.language === 'kuery' ? 'kql' : 'esql', [
    ...rule.filters.flatMap(fieldsOfFilter),
    ...(rule.newTerms?.fields ?? []),
    ...(rule.threshold?.fields ?? []),
    ...(rule.threshold?.cardinality ? [rule.threshold.cardinality.field] : []),
    ...(rule.timestampOverride === null ? [] : [rule.timestampOverride]),
  ]);

/** The catalogue with every field that any of these rules names: what a store needs to have to evaluate them all. */
export const widenForRules = (catalogue: FieldCatalogue, rules: readonly Rule[]): FieldCatalogue =>
  rules.reduce<FieldCatalogue>((wide, rule) => widenForRule(wide, rule).catalogue, catalogue);

const known = new WeakMap<Rule, { readonly catalogue: FieldCatalogue; readonly names: readonly string[] }>();

/** Names of the fields that a rule reads and a store lacks: until it has them, the rule would find nothing. Asked at every run, so remembered. */
export function lackingFields(catalogue: FieldCatalogue, rule: Rule): readonly string[] {
  const present = known.get(rule);
  if (present?.catalogue === catalogue) return present.names;
  const { grown: names } = mergeFields(catalogue.fields, widenForRule(catalogue, rule).catalogue.fields);
  known.set(rule, { catalogue, names });
  return names;
}

function fieldsOfFilter(filter: RuleFilter): readonly string[] {
  switch (filter.kind) {
    case 'all':
    case 'any':
      return filter.of.flatMap(fieldsOfFilter);
    case 'not':
      return fieldsOfFilter(filter.of);
    default:
      return [filter.field];
  }
}
