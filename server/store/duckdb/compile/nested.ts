import type { Expression } from '#shared/plan/expression.ts';
import type { ValueType } from '#shared/plan/value.ts';
import { visitExpression } from '#shared/plan/walk.ts';
import { SQL_TYPES, textLiteral } from '../sql/literal.ts';
import { type Cell, listOf, many } from './cell.ts';
import { type Column, columnOf, type Scope } from './scope.ts';

/**
 * Whether one of the objects of a nested field passes. They are texts (`shared/event/nested.ts`), in which the fields that the
 * condition names are columns; lists of objects that stand in them are columns of JSON.
 * @param condition SQL that is true where the condition is, in a scope
 */
export function anyObject(
  { path, where }: Expression & { readonly kind: 'nested' },
  scope: Scope,
  condition: (where: Expression, scope: Scope) => string,
): string {
  const object = objectAt(depthOf(where));
  const inside: Scope = { ...scope, columns: columnsOf(where, object) };
  const objects = listOf(columnOf(scope, path).cell);
  return `coalesce(len(list_filter(${objects}, lambda ${object}: ${condition(where, inside)})) > 0, false)`;
}

/** What a lambda calls an object; those of lists within lists are called otherwise than the one around them. */
const objectAt = (depth: number): string => `object${depth}`;

/** How many lists are asked one within the other. */
function depthOf(where: Expression): number {
  let depth = 0;
  visitExpression(where, (node) => {
    if (node.kind === 'nested') depth = Math.max(depth, 1 + depthOf(node.where));
  });
  return depth;
}

function columnsOf(where: Expression, object: string): readonly Column[] {
  const columns = new Map<string, Column>();
  const add = (name: string, cell: Cell): void => {
    columns.set(name, { name, cell, variety: 'many' });
  };
  visitExpression(where, (node) => {
    if (node.kind === 'any') add(node.field, memberCell(object, node.field, node.type));
    if (node.kind === 'nested') add(node.path, many('string', membersAs('JSON', object, node.path)));
  });
  return [...columns.values()];
}

/** Types of members where the columns' own do not do: times are milliseconds, and the greatest longs were rounded up beyond theirs. */
const MEMBER_TYPES: Partial<Record<ValueType, string>> = { datetime: 'BIGINT', long: 'HUGEINT' };

function memberCell(object: string, name: string, type: ValueType): Cell {
  const list = membersAs(MEMBER_TYPES[type] ?? SQL_TYPES[type], object, name);
  return many(type, type === 'datetime' ? `list_transform(${list}, lambda t: epoch_ms(t))` : list);
}

/** The list that a member of an object is, its elements of this type of SQL. */
function membersAs(type: string, object: string, name: string): string {
  const pointer = `/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`;
  return `from_json(json_extract(${object}, ${textLiteral(pointer)}), ${textLiteral(JSON.stringify([type]))})`;
}
