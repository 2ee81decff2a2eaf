import { unreachable } from '#shared/base/assert.ts';
import type { ValueType } from '#shared/plan/value.ts';
import { bind, bindLong, isLong } from '../sql/bind.ts';
import { literal, SQL_TYPES } from '../sql/literal.ts';

/**
 * SQL for what an expression holds in a row.
 * - `one`: at most one value; NULL for none.
 * - `many`: a list; NULL for none, never empty. `anyOrder` is the list in any order, where that costs less.
 * - `spilled`: `sql` is the value where there is exactly one, else NULL; `several` is the list where there are more, else NULL.
 *   How fields that rarely hold several values are stored: `single` of them costs nothing.
 */
export type Cell =
  | { readonly kind: 'one'; readonly type: ValueType; readonly sql: string }
  | { readonly kind: 'many'; readonly type: ValueType; readonly sql: string; readonly anyOrder?: string }
  | {
      readonly kind: 'spilled';
      readonly type: ValueType;
      readonly sql: string;
      readonly several: string;
      /** False or NULL where `several` is surely NULL; costs next to nothing. */
      readonly mayBeSeveral: string;
    };

export const one = (type: ValueType, sql: string): Cell => ({ kind: 'one', type, sql });
export const many = (type: ValueType, sql: string): Cell => ({ kind: 'many', type, sql });

/** The list of a cell that is one, for those to whom its order is nothing. */
export const anyOrderOf = ({ sql, anyOrder = sql }: Cell & { readonly kind: 'many' }): string => anyOrder;

/** The only value; NULL for none and for several. */
export function singleOf(cell: Cell): string {
  return cell.kind === 'many'
    ? bindLong('l', anyOrderOf(cell), (list) => `CASE WHEN len(${list}) = 1 THEN ${list}[1] END`)
    : cell.sql;
}

/** All values as a list; NULL for none. */
export function listOf(cell: Cell): string {
  switch (cell.kind) {
    case 'one':
      return wrapped(cell.sql);
    case 'many':
      return cell.sql;
    case 'spilled':
      return `coalesce(${cell.several}, ${wrapped(cell.sql)})`;
    default:
      return unreachable(cell);
  }
}

const wrapped = (sql: string): string =>
  bindLong('o', sql, (value) => `CASE WHEN ${value} IS NOT NULL THEN [${value}] END`);

/** Whether there is no value: true or false. */
export const isNull = (cell: Cell): string =>
  cell.kind === 'spilled' ? `(${cell.sql} IS NULL AND ${cell.several} IS NULL)` : `(${present(cell)} IS NULL)`;

export const isNotNull = (cell: Cell): string =>
  cell.kind === 'spilled'
    ? `(${cell.sql} IS NOT NULL OR ${cell.several} IS NOT NULL)`
    : `(${present(cell)} IS NOT NULL)`;

/** What is there where a value is. */
const present = (cell: Cell): string => (cell.kind === 'many' ? anyOrderOf(cell) : cell.sql);

/** Such a list of the cell's values, or one NULL where it has none, of the cell's type also where the engine sees that there never is one. */
export const atLeastNull = (cell: Cell, list: string): string =>
  `CASE WHEN ${isNotNull(cell)} THEN ${list} ELSE [NULL]::${SQL_TYPES[cell.type]}[] END`;

/** Whether there are several values; null where that cannot be. */
export function isSeveral(cell: Cell): string | null {
  switch (cell.kind) {
    case 'one':
      return null;
    case 'many':
      return `len(${anyOrderOf(cell)}) > 1`;
    case 'spilled':
      return `${cell.several} IS NOT NULL`;
    default:
      return unreachable(cell);
  }
}

/** How many values; 0 for none. */
export function countOf(cell: Cell): string {
  const single = `(${cell.sql} IS NOT NULL)::BIGINT`;
  if (cell.kind === 'one') return single;
  return cell.kind === 'many' ? `coalesce(len(${anyOrderOf(cell)}), 0)` : `coalesce(len(${cell.several}), ${single})`;
}

/** The value that stands for the cell where only one can: the least or the greatest. */
export function extremeOf(cell: Cell, which: 'min' | 'max'): string {
  if (cell.kind === 'one') return cell.sql;
  return cell.kind === 'many' ? `list_${which}(${cell.sql})` : `coalesce(list_${which}(${cell.several}), ${cell.sql})`;
}

/** What tells two cells apart as keys: equal values in equal order. */
export const identityOf = (cell: Cell): string => (cell.kind === 'one' ? cell.sql : listOf(cell));

/** The cell with values of another type that these fit in: anything from null, a double from a long. */
export function widened(cell: Cell, type: ValueType): Cell {
  if (cell.type === type) return cell;
  if (cell.type === 'null') return one(type, literal(null, type));
  const target = SQL_TYPES[type];
  if (cell.kind === 'one') return one(type, `(${cell.sql})::${target}`);
  return many(type, `(${listOf(cell)})::${target}[]`);
}

/** A list expression as a cell: an empty list is no value. */
export const manyFrom = (type: ValueType, list: string): Cell => many(type, `nullif(${list}, [])`);

/**
 * What is built over these cells. Long ones that it uses several times are named, all of them at once: what the engine makes of
 * a name within a name's body doubles with each.
 */
export function sharing(cells: readonly Cell[], build: (cells: readonly Cell[]) => Cell): Cell {
  const buildOver = (names: ReadonlyMap<Cell, string>) =>
    build(cells.map((cell) => ({ ...cell, sql: names.get(cell) ?? cell.sql })));
  const long = cells.filter(({ kind, sql }) => kind !== 'spilled' && isLong(sql));
  const { sql } = buildOver(new Map(long.map((cell, index) => [cell, `v${index}`])));
  const shared = long.filter((_, index) => sql.includes('lambda') || sql.split(`v${index}`).length > 2);
  const [first, ...others] = shared;
  if (first === undefined) return buildOver(new Map());
  if (others.length === 0) {
    const built = buildOver(new Map([[first, 'v']]));
    return { ...built, sql: bind('v', first.sql, built.sql) };
  }
  const built = buildOver(new Map(shared.map((cell, index) => [cell, `v.v${index}`])));
  const values = shared.map((cell, index) => `v${index}: ${cell.sql}`);
  return { ...built, sql: bind('v', `{${values.join(', ')}}`, built.sql) };
}
