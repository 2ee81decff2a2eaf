import type { Expression } from '#shared/plan/expression.ts';
import { isNumeric, typeOf } from '#shared/plan/types.ts';
import type { ValueType } from '#shared/plan/value.ts';

const MAX_INTEGER = 2 ** 31;

const LABELS: Readonly<Record<ValueType, string>> = {
  string: 'keyword',
  long: 'long',
  double: 'double',
  boolean: 'boolean',
  datetime: 'datetime',
  span: 'time_duration',
  ip: 'ip',
  geo_point: 'geo_point',
  null: 'null',
};

/** A type as Elasticsearch's messages name it. */
export const typeLabel = (type: ValueType): string => LABELS[type];

/** The types that an argument may have, as messages list them; null for every type that values have. */
export function wantedLabel(types: readonly ValueType[] | null): string {
  if (types === null) return 'any type except time_duration';
  if (types.every(isNumeric) && types.length > 1) return 'numeric';
  return types.length === 1 && types[0] === 'string' ? 'string' : types.map(typeLabel).join(', ');
}

/** The type of an expression as Elasticsearch's messages name it: small whole literals are integers. */
export function labelOf(expression: Expression): string {
  const small =
    expression.kind === 'literal' &&
    expression.type === 'long' &&
    typeof expression.value === 'number' &&
    Math.abs(expression.value) < MAX_INTEGER;
  return small ? 'integer' : typeLabel(typeOf(expression));
}

/** The family of types that compare with each other. */
export const familyLabel = (type: ValueType): string => (isNumeric(type) ? 'numeric' : typeLabel(type));

const ORDINALS = ['first', 'second', 'third', 'fourth', 'fifth'];

export const ordinal = (index: number): string => ORDINALS[index] ?? `${index + 1}th`;

/** `first argument of [x]`; `argument of [x]` where there is but one. */
export const argumentLabel = (index: number, count: number, text: string): string =>
  `${count === 1 ? '' : `${ordinal(index)} `}argument of [${text}]`;

/** What to do where a constant was written as another type than it meets; none where nothing tells. */
export function remedyForConstant(written: Expression, wanted: ValueType): { readonly remedy?: string } {
  if (written.kind !== 'literal' || written.value === null) return {};
  const value = String(written.value);
  if (written.type === 'string' && isNumeric(wanted)) {
    return {
      remedy: /^-?\d+(?:\.\d+)?$/.test(value) ? `Write it without quotation marks: ${value}.` : 'Give a number.',
    };
  }
  if (written.type === 'string' && wanted === 'datetime')
    return { remedy: 'A timespan stands without quotation marks: 1 day.' };
  return wanted === 'string' ? { remedy: `Write it in quotation marks: "${value}".` } : {};
}
