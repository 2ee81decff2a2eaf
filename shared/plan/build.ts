import { must } from '../base/assert.ts';
import type { FieldCatalogue } from '../event/field.ts';
import type { CompareOperator, Expression } from './expression.ts';
import type { Aggregate, AggregateFunction } from './plan.ts';
import { valueTypeOf } from './types.ts';
import type { Scalar } from './value.ts';

/** Constructors for the plans that the program itself asks, over fields of one catalogue. */
export function planBuilder(catalogue: FieldCatalogue) {
  const column = (name: string): Expression => ({
    kind: 'column',
    name,
    type: valueTypeOf(must(catalogue.find(name), `field ${name}`).type),
  });
  const single = (name: string): Expression => ({ kind: 'single', of: column(name) });
  return {
    column,
    /** The field's only value. */
    single,
    compareField: (name: string, operator: CompareOperator, right: Expression): Expression => ({
      kind: 'compare',
      operator,
      left: single(name),
      right,
    }),
    /** Any value of the field is one of these. */
    oneOf: (name: string, values: readonly Scalar[]): Expression => ({
      kind: 'any',
      field: name,
      type: valueTypeOf(must(catalogue.find(name), `field ${name}`).type),
      test: { kind: 'one-of', values },
    }),
  };
}

export const aggregate = (
  name: string,
  fn: AggregateFunction,
  of: Expression | null = null,
  where: Expression | null = null,
): Aggregate => ({
  name,
  function: fn,
  of,
  where,
});
