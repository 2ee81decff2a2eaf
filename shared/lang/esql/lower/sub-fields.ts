import type { Field, FieldCatalogue } from '#shared/event/field.ts';
import type { Expression } from '#shared/plan/expression.ts';
import type { NamedExpression, Step } from '#shared/plan/plan.ts';

/**
 * The step that gives source rows the sub-fields a query names: `.caseless` is the value in lower case, `.text` the value as it
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
function lowered(of: Expression, limit: number | undefined): Expression {
  const value: Expression = { kind: 'call', name: 'to_lower', type: 'string', args: [of] };
  if (limit === undefined) return value;
  const length: Expression = {
    kind: 'call',
    name: 'length',
    type: 'long',
    args: [{ kind: 'call', name: 'mv_first', type: 'string', args: [of] }],
  };
  const most: Expression = { kind: 'literal', type: 'long', value: limit };
  const fits: Expression = { kind: 'compare', operator: '<=', left: length, right: most };
  return { kind: 'call', name: 'case', type: 'string', args: [fits, value] };
}
