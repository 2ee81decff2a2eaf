import { must } from '#shared/base/assert.ts';
import { catalogueOf, type FieldCatalogue } from '#shared/event/field.ts';
import type { Expression } from '#shared/plan/expression.ts';
import { mapExpression } from '#shared/plan/map.ts';
import type { Plan } from '#shared/plan/plan.ts';
import { valueTypeOf } from '#shared/plan/types.ts';
import type { Mapping } from './mapping-file.ts';

/** A filter with sub-fields replaced by the fields whose values they hold. Types were settled when it was compiled. */
export const filterOverFields = (filter: Expression, { subFields }: Mapping): Expression =>
  mapExpression(filter, (node) =>
    node.kind === 'any' && subFields.has(node.field)
      ? { ...node, field: subFields.get(node.field) ?? node.field }
      : node,
  );

/** A plan whose sub-fields are columns of their own, made from the fields whose values they hold. */
export function planOverFields(plan: Plan, names: readonly string[], { catalogue, subFields }: Mapping): Plan {
  const columns = names.flatMap((name) => {
    const parent = subFields.get(name);
    if (parent === undefined) return [];
    const { type } = must(catalogue.find(parent), parent);
    return [{ name, value: { kind: 'column', name: parent, type: valueTypeOf(type) } satisfies Expression }];
  });
  return columns.length === 0 ? plan : { ...plan, steps: [{ kind: 'derive', columns }, ...plan.steps] };
}

/** The fields that a store has to hold for these names: no sub-fields, but the fields behind them. */
export function storedFields(names: Iterable<string>, { catalogue, subFields }: Mapping): FieldCatalogue {
  const stored = new Set([...names].map((name) => subFields.get(name) ?? name));
  return catalogueOf(catalogue.fields.filter(({ name }) => stored.has(name)));
}
