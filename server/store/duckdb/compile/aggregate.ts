import { unreachable } from '#shared/base/assert.ts';
import type { AggregateFunction } from '#shared/plan/plan.ts';
import { literal } from '../sql/literal.ts';
import { finite } from './arithmetic.ts';
import { type Cell, countOf, extremeOf, listOf, manyFrom, one, singleOf } from './cell.ts';

/** ` FILTER (WHERE …)`, or nothing. */
type Filter = string;

/** The number of rows that take part. */
export const countRows = (filter: Filter): Cell => one('long', `count(*)${filter}`);

/** The aggregate over all values of the cell in a group; nulls are no values. */
export function aggregateOf(fn: AggregateFunction, cell: Cell, filter: Filter): Cell {
  if (cell.type === 'null') return ofNothing(fn);
  switch (fn) {
    case 'count':
      return one('long', countValues(cell, filter));
    case 'count-distinct':
      return one('long', countDistinct(cell, filter));
    case 'values':
    case 'events':
      return manyFrom(cell.type, `list_sort(${distinctValues(cell, filter)})`);
    case 'min':
    case 'max':
      return one(cell.type, `${fn}(${extremeOf(cell, fn)})${filter}`);
    case 'sum':
      return one(cell.type, sumOf(cell, filter));
    case 'avg':
      return one('double', finite(`(${total(cell, filter)})::DOUBLE / nullif(${countValues(cell, filter)}, 0)`));
    case 'median':
      return one('double', finite(median(cell, filter)));
    default:
      return unreachable(fn);
  }
}

const ofNothing = (fn: AggregateFunction): Cell =>
  fn === 'count' || fn === 'count-distinct' ? one('long', 'sum(0::BIGINT)') : one('null', literal(null, 'null'));

const countValues = (cell: Cell, filter: Filter): string =>
  cell.kind === 'one' ? `count(${cell.sql})${filter}` : `coalesce(sum(${countOf(cell)})${filter}, 0)::BIGINT`;

const countDistinct = (cell: Cell, filter: Filter): string =>
  cell.kind === 'one'
    ? `count(DISTINCT ${cell.sql})${filter}`
    : `coalesce(len(${distinctValues(cell, filter)}), 0)::BIGINT`;

/**
 * Each value of the group once, in no order; an empty list or NULL for none. Where a filter lets nothing pass, DuckDB's
 * `list(DISTINCT …)` is `[NULL]` and not NULL: nulls are always taken out afterwards.
 */
function distinctValues(cell: Cell, filter: Filter): string {
  const distinct = (sql: string): string => `list(DISTINCT ${sql})${filter}`;
  switch (cell.kind) {
    case 'one':
      return `list_filter(${distinct(cell.sql)}, lambda e: e IS NOT NULL)`;
    case 'many':
      return `list_distinct(flatten(${distinct(cell.sql)}))`;
    case 'spilled':
      return `list_distinct(list_concat(${distinct(cell.sql)}, flatten(${distinct(cell.several)})))`;
    default:
      return unreachable(cell);
  }
}

/** Longs add up in 128 bits. */
function total(cell: Cell, filter: Filter): string {
  if (cell.kind === 'one') return `sum(${cell.sql})${filter}`;
  const ofRow = cell.kind === 'many' ? `list_sum(${cell.sql})` : `coalesce(list_sum(${cell.several}), ${cell.sql})`;
  return `sum(${ofRow})${filter}`;
}

const sumOf = (cell: Cell, filter: Filter): string =>
  cell.type === 'double' ? finite(total(cell, filter)) : `TRY_CAST(${total(cell, filter)} AS BIGINT)`;

function median(cell: Cell, filter: Filter): string {
  if (cell.kind === 'one') return `median((${singleOf(cell)})::DOUBLE)${filter}`;
  return `list_aggregate(flatten(list((${listOf(cell)})::DOUBLE[])${filter}), 'median')`;
}
