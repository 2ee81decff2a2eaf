import { must } from '../base/assert.ts';
import type { Instant } from '../base/time.ts';
import type { FieldCatalogue, FieldType } from '../event/field.ts';
import type { CompareOperator, Expression } from './expression.ts';
import type { Aggregate, AggregateFunction } from './plan.ts';
import type { Scalar, ValueType } from './value.ts';

const VALUE_TYPES: Readonly<Record<FieldType, ValueType>> = {
  keyword: 'string',
  constant_keyword: 'string',
  wildcard: 'string',
  text: 'string',
  long: 'long',
  double: 'double',
  boolean: 'boolean',
  date: 'datetime',
  ip: 'ip',
};

/** What a plan computes with for a field of this mapping type. */
export const valueTypeOf = (type: FieldType): ValueType => VALUE_TYPES[type];

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

export const datetime = (value: Instant): Expression => ({ kind: 'literal', type: 'datetime', value });

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
