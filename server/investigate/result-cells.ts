import type * as z from 'zod';
import type { cellSchema } from '#shared/alert/alert.ts';
import { formatInstant } from '#shared/base/time.ts';
import type { ResultColumn } from '#shared/plan/result.ts';
import { type Row, type Scalar, type ValueType, valuesOf } from '#shared/plan/value.ts';

type Cell = z.infer<typeof cellSchema>;

/** A row's cells in the order of the columns: times as ISO 8601, whole numbers beyond a double's as text. */
export const cellsOf = (row: Row, columns: readonly ResultColumn[]): Cell[] =>
  columns.map(({ name, type }) => {
    const values = valuesOf(row[name]).map((value) => plain(value, type));
    return values.length > 1 ? values : (values[0] ?? null);
  });

function plain(value: Scalar, type: ValueType): string | number | boolean {
  if (type === 'datetime') return formatInstant(Number(value));
  return typeof value === 'bigint' ? String(value) : value;
}
