import { must } from '../base/assert.ts';
import type { FieldCatalogue } from '../event/field.ts';
import type { CompareOperator, Expression } from './expression.ts';
import { type Aggregate, type AggregateFunction, EVENT_COLUMN } from './plan.ts';
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

/** The store's number of an event. */
export const EVENT_NUMBER: Expression = {
  kind: 'single',
  of: { kind: 'column', name: EVENT_COLUMN, type: 'long' },
};

/** These events and no others, by the store's numbers. As the first condition of a plan, thousands of them cost little. */
export const eventsNumbered = (numbers: readonly number[]): Expression => ({
  kind: 'in',
  value: EVENT_NUMBER,
  items: numbers.map((value) => ({ kind: 'literal', type: 'long', value })),
});

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
