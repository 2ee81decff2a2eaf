import { csvLine } from '#shared/base/csv.ts';
import { esqlClause } from '#shared/lang/esql/add-filter.ts';
import { kqlClause } from '#shared/lang/kql/add-filter.ts';
import type { FilterValue } from './filters.ts';

/** The columns of a row that are shown, each with its values. */
export type CopiedRow = readonly { readonly name: string; readonly filters: readonly FilterValue[] }[];

const conditions = (row: CopiedRow, print: (filter: FilterValue) => string): readonly string[] =>
  row.flatMap(({ filters }) => filters.map(print));

/** A query that finds rows like this one. */
export const rowAsKql = (row: CopiedRow): string => conditions(row, kqlClause).join(' and ');

export const rowAsEsql = (row: CopiedRow): string => `FROM logs-* | WHERE ${conditions(row, esqlClause).join(' AND ')}`;

/** Its names and its values, in two lines. */
export const rowAsCsv = (row: CopiedRow): string =>
  csvLine(row.map(({ name }) => name)) +
  csvLine(
    row.map(({ filters }) => {
      const values = filters.flatMap(({ value }) => (value === null ? [] : [value]));
      return values.length > 1 ? values : (values[0] ?? null);
    }),
  );
