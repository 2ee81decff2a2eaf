import type { JS } from '@duckdb/node-api';
import type { ResultColumn } from '#shared/plan/result.ts';
import { cellOf, type Row, type Scalar, type Value } from '#shared/plan/value.ts';
import type { SqlRow } from './connection.ts';

/** Rows of a compiled plan's statement (`r0`, `r1`, …) as rows of the plan. */
export function planRows(rows: readonly SqlRow[], columns: readonly ResultColumn[]): readonly Row[] {
  const names = columns.map(({ name }, index) => [name, `r${index}`] as const);
  return rows.map((row) => Object.fromEntries(names.map(([name, sql]) => [name, cellFrom(row[sql])])));
}

function cellFrom(value: JS | undefined): Value {
  if (value === null || value === undefined) return null;
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
