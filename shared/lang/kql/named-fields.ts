import { unreachable } from '#shared/base/assert.ts';
import type { FieldType } from '#shared/event/field.ts';
import type { NamedField } from '../named-field.ts';
import type { Literal, QueryNode, ValuesNode } from './ast.ts';
import { parseDate } from './date-math.ts';
import { parseKql } from './parse.ts';
import { typeMeant } from './type-meant.ts';

/** The fields that a query names, wherever it does; names with wildcards are none. Nothing for text that is no query. */
export function namedInKql(text: string): readonly NamedField[] {
  const parsed = parseKql(text);
  return parsed.ok && parsed.value ? namedIn(parsed.value, '') : [];
}

function namedIn(node: QueryNode, prefix: string): readonly NamedField[] {
  switch (node.kind) {
    case 'and':
    case 'or':
      return node.operands.flatMap((operand) => namedIn(operand, prefix));
    case 'not':
      return namedIn(node.operand, prefix);
    case 'match':
      return named(node.field, prefix, commonType(valuesIn(node.values)));
    case 'range':
      return named(node.field, prefix, typeInRange(node.value));
    case 'nested':
      return node.field.kind === 'text'
        ? [...named(node.field, prefix, 'nested'), ...namedIn(node.query, `${prefix}${node.field.text}.`)]
        : [];
    case 'free-text':
      return [];
    default:
      return unreachable(node);
  }
}

const named = (field: Literal, prefix: string, use: FieldType | null): readonly NamedField[] =>
  field.kind === 'text' ? [{ name: prefix + field.text, span: field.span, use }] : [];

function valuesIn(values: ValuesNode): readonly Literal[] {
  switch (values.kind) {
    case 'value':
      return [values.value];
    case 'not':
      return valuesIn(values.operand);
    default:
      return values.operands.flatMap(valuesIn);
  }
}

/** A network can only be asked of addresses. Anything else compares as the text that it is. */
const commonType = (values: readonly Literal[]): FieldType | null =>
  values.length > 0 && values.every((value) => value.kind === 'text' && typeMeant(value.text) === 'ip') ? 'ip' : null;

function typeInRange(value: Literal): FieldType | null {
  if (value.kind !== 'text') return null;
  return typeMeant(value.text) ?? (parseDate(value.text) ? 'date' : null);
}
