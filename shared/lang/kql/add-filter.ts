import { kqlFieldName, kqlLiteral } from './literal.ts';
import { parser } from './parser.generated.ts';

/** A field with one of its values; null stands for having none. */
export interface FieldValue {
  readonly field: string;
  readonly value: string | number | boolean | null;
}

/** `field: value`, or that the field has no value. */
export function kqlClause({ field, value }: FieldValue): string {
  if (value === null) return `not ${kqlFieldName(field)}: *`;
  return `${kqlFieldName(field)}: ${typeof value === 'string' ? kqlLiteral(value) : value}`;
}

/** The query narrowed to events with this value, or without it. What it asks already is not asked twice. */
export function addKqlFilter(text: string, fieldValue: FieldValue, include: boolean): string {
  const clause = kqlClause(fieldValue);
  const wanted = include ? clause : clause.startsWith('not ') ? clause.slice('not '.length) : `not ${clause}`;
  const query = text.trim();
  if (query === '' || query === wanted) return wanted;
  if (query.endsWith(` and ${wanted}`)) return query;
  const isDisjunction = parser.parse(query).topNode.firstChild?.name === 'Disjunction';
  return `${isDisjunction ? `(${query})` : query} and ${wanted}`;
}
