import { unreachable } from '#shared/base/assert.ts';
import type { FieldType } from '#shared/event/field.ts';
import type { Expression } from './expression.ts';
import type { Aggregate } from './plan.ts';
import type { ValueType } from './value.ts';

/** The type of an expression's values; `null` for the bare null. */
export function typeOf(expression: Expression): ValueType {
  switch (expression.kind) {
    case 'literal':
    case 'column':
    case 'arithmetic':
    case 'call':
      return expression.type;
    case 'now':
      return 'datetime';
    case 'single':
      return typeOf(expression.of);
    case 'extract':
    case 'replace':
    case 'dissect':
      return 'string';
    case 'any':
    case 'nested':
    case 'compare':
    case 'in':
    case 'like':
    case 'regex':
    case 'is-null':
    case 'and':
    case 'or':
    case 'not':
      return 'boolean';
    default:
      return unreachable(expression);
  }
}

/** The type of an aggregate's column. Sums of longs are longs; averages and medians are doubles. */
export function aggregateTypeOf(aggregate: Aggregate): ValueType {
  switch (aggregate.function) {
    case 'count':
    case 'count-distinct':
    case 'events':
      return 'long';
    case 'avg':
    case 'median':
    case 'percentile':
    case 'variance':
    case 'std-dev':
    case 'median-deviation':
      return 'double';
    case 'present':
      return 'boolean';
    case 'values':
    case 'min':
    case 'max':
    case 'sum':
    case 'least':
    case 'greatest':
    case 'first':
    case 'last':
      return aggregate.of ? typeOf(aggregate.of) : 'null';
    default:
      return unreachable(aggregate.function);
  }
}

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
  flattened: 'string',
  nested: 'string',
};

/** What a mapped field's values are in a plan. */
export const valueTypeOf = (type: FieldType): ValueType => VALUE_TYPES[type];

export const isNumeric = (type: ValueType): boolean => type === 'long' || type === 'double';

/**
 * The one type that values of both types fit in: null fits anywhere, a long in a double; null where there is none.
 */
export function commonType(left: ValueType, right: ValueType): ValueType | null {
  if (left === right || right === 'null') return left;
  if (left === 'null') return right;
  return isNumeric(left) && isNumeric(right) ? 'double' : null;
}
