import type { Field, FieldCatalogue } from '#shared/event/field.ts';
import type { Expression } from '#shared/plan/expression.ts';
import type { NamedExpression, Step } from '#shared/plan/plan.ts';

/**
 * The step that gives source rows the sub-fields a query names: `.caseless` has the values in lower case, `.text` the value as it
 * is, since ES|QL never analyses (elastic/elasticsearch `docs/reference/`, ES|QL limitations). None where it names none.
 */
export function subFieldSteps(text: string, catalogue: FieldCatalogue): readonly Step[] {
  const columns = catalogue.fields.flatMap((field) => [
    ...named(field, 'caseless', text, catalogue),
    ...named(field, 'text', text, catalogue),
  ]);
  return columns.length === 0 ? [] : [{ kind: 'derive', columns }];
}

function named(
  field: Field,
  kind: 'caseless' | 'text',
  text: string,
  catalogue: FieldCatalogue,
): readonly NamedExpression[] {
  const name = `${field.name}.${kind}`;
  if (field[kind] !== true || !text.includes(name) || catalogue.fields.some((other) => other.name === name)) return [];
  const column: Expression = { kind: 'column', name: field.name, type: 'string' };
  return [{ name, value: kind === 'text' ? column : lowered(column, field.caselessIgnoreAbove) }];
}

/** A sub-field that keeps less than its field has no longer values. */
const lowered = (of: Expression, limit: number | undefined): Expression => ({
  kind: 'call',
  name: 'caseless',
  type: 'string',
  args: [of, ...(limit === undefined ? [] : [{ kind: 'literal', type: 'long', value: limit } as const])],
});
