import type { JS } from '@duckdb/node-api';
import type { ResultColumn } from '#shared/plan/result.ts';
import { cellOf, type Row, type Scalar, type Value } from '#shared/plan/value.ts';

/** Rows of a compiled plan's statement as rows of the plan. */
export const planRows = (rows: readonly (readonly JS[])[], columns: readonly ResultColumn[]): readonly Row[] =>
  rows.map((row) => Object.fromEntries(columns.map(({ name }, index) => [name, cellFrom(row[index])])));

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
