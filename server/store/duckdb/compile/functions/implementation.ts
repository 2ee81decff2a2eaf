import type { ValueType } from '#shared/plan/value.ts';
import { SQL_TYPES } from '../../sql/literal.ts';
import { type Cell, listOf, manyFrom, one, singleOf } from '../cell.ts';

/** What a function makes of the cells of its arguments; `type` is the type of its result. */
export type Implementation = (cells: readonly Cell[], type: ValueType) => Cell;

/** A function of single values, NULL where one of them is unless the SQL says otherwise. */
export const ofSingles =
  (sql: (values: readonly string[], cells: readonly Cell[]) => string): Implementation =>
  (cells, type) =>
    one(type, sql(cells.map(singleOf), cells));

/** A function of one text. */
export const ofText = (sql: (text: string) => string): Implementation => ofSingles(([text = '']) => sql(text));

/** Applied to every element; what becomes of none of them is left out. */
export const onEach =
  (sql: (element: string, type: ValueType) => string): Implementation =>
  ([cell], type) => {
    if (cell === undefined || cell.kind === 'one') return one(type, sql(cell?.sql ?? 'NULL', cell?.type ?? 'null'));
    const results = `list_transform(${listOf(cell)}, lambda e: ${sql('e', cell.type)})`;
    return manyFrom(type, `list_filter(${results}, lambda r: r IS NOT NULL)`);
  };

/** NULL unless every argument has a value: for SQL functions that would skip the missing ones. */
export const whereAll = (values: readonly string[], sql: string): string =>
  `CASE WHEN ${values.map((value) => `${value} IS NOT NULL`).join(' AND ')} THEN ${sql} END`;

export const typed = (type: ValueType): string => SQL_TYPES[type];
