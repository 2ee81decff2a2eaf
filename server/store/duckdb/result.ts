import type { JS } from '@duckdb/node-api';
import type { ResultColumn } from '#shared/plan/result.ts';
import { cellOf, type Row, type Scalar, type Value } from '#shared/plan/value.ts';

/** Rows of a compiled plan's statement, which come by column, as rows of the plan. */
export const planRows = (values: readonly (readonly JS[])[], columns: readonly ResultColumn[]): readonly Row[] =>
  rowsOf(
    values.map((column) => column.map(cellFrom)),
    columns.map(({ name }) => name),
  );

/** Columns, of which there is at least one, as rows that hold those with a name. */
export const rowsOf = <Value>(
  columns: readonly (readonly Value[])[],
  names: readonly string[],
): readonly Readonly<Record<string, Value | null>>[] =>
  (columns[0] ?? []).map((_, row) =>
    Object.fromEntries(names.map((name, index) => [name, columns[index]?.[row] ?? null])),
  );

function cellFrom(value: JS): Value {
  if (value === null) return null;
  return Array.isArray(value) ? cellOf(value.map(scalarOf)) : scalarOf(value);
}

/** A BIGINT is a number while that is exact. No other types leave a compiled plan. */
function scalarOf(value: JS): Scalar {
  switch (typeof value) {
    case 'bigint':
      return Number.isSafeInteger(Number(value)) ? Number(value) : value;
    case 'string':
    case 'number':
    case 'boolean':
      return value;
    default:
      throw new Error(`The engine answered with a value of an unexpected type: ${typeof value}`);
  }
}

/** A VARCHAR of a row; empty for NULL. */
export const textIn = (value: JS | undefined): string => (typeof value === 'string' ? value : '');
