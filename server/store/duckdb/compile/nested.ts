import type { Expression } from '#shared/plan/expression.ts';
import type { ValueType } from '#shared/plan/value.ts';
import { visitExpression } from '#shared/plan/walk.ts';
import { SQL_TYPES, textLiteral } from '../sql/literal.ts';
import { type Cell, listOf, many } from './cell.ts';
import { type Column, columnOf, type Scope } from './scope.ts';

/** What the lambda over a field's objects calls one of them. */
const OBJECT = 'object';

/**
 * Whether one of the objects of a nested field passes. They are texts (`shared/event/nested.ts`), in which the fields that the
 * condition names are columns.
 * @param condition SQL that is true where the condition is, in a scope
 */
export function anyObject(
  { path, where }: Expression & { readonly kind: 'nested' },
  scope: Scope,
  condition: (where: Expression, scope: Scope) => string,
): string {
  const inside: Scope = { ...scope, columns: columnsOf(where) };
  const objects = listOf(columnOf(scope, path).cell);
  return `coalesce(len(list_filter(${objects}, lambda ${OBJECT}: ${condition(where, inside)})) > 0, false)`;
}

function columnsOf(where: Expression): readonly Column[] {
  const columns = new Map<string, Column>();
  visitExpression(where, (node) => {
    if (node.kind !== 'any') return;
    columns.set(node.field, { name: node.field, cell: memberCell(node.field, node.type), variety: 'many' });
  });
  return [...columns.values()];
}

/** Types of members where the columns' own do not do: times are milliseconds, and the greatest longs were rounded up beyond theirs. */
const MEMBER_TYPES: Partial<Record<ValueType, string>> = { datetime: 'BIGINT', long: 'HUGEINT' };

function memberCell(name: string, type: ValueType): Cell {
  const pointer = `/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`;
  const form = JSON.stringify([MEMBER_TYPES[type] ?? SQL_TYPES[type]]);
  const list = `from_json(json_extract(${OBJECT}, ${textLiteral(pointer)}), ${textLiteral(form)})`;
  return many(type, type === 'datetime' ? `list_transform(${list}, lambda t: epoch_ms(t))` : list);
}
