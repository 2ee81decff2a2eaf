import { unreachable } from '#shared/base/assert.ts';
import type { Aggregate, AggregateFunction } from '#shared/plan/plan.ts';
import { literal } from '../sql/literal.ts';
import { keyedAddresses } from './address.ts';
import { finite } from './arithmetic.ts';
import { type Cell, countOf, extremeOf, listOf, manyFrom, one, singleOf } from './cell.ts';

/** ` FILTER (WHERE …)`, or nothing. */
type Filter = string;

/** The number of rows that take part. */
export const countRows = (filter: Filter): Cell => one('long', `count(*)${filter}`);

type Call = Pick<Aggregate, 'function' | 'at'>;

/**
 * The aggregate over all values of the cell in a group; nulls are no values.
 * @param isFew see `Relation.isFew`
 */
export function aggregateOf({ function: fn, at = 0 }: Call, cell: Cell, filter: Filter, isFew: boolean): Cell {
  if (cell.type === 'null') return ofNothing(fn);
  switch (fn) {
    case 'count':
      return one('long', countValues(cell, filter));
    case 'count-distinct':
      return one('long', countDistinct(cell, filter, isFew));
    case 'events':
      // Each mostly comes once, and the answer holds them all.
      return manyFrom(cell.type, `list_sort(${distinctValues(cell, filter, true)})`);
    case 'values':
      return manyFrom(cell.type, `list_sort(${distinctValues(cell, filter, isFew)})`);
    case 'min':
    case 'max':
      return one(
        cell.type,
        cell.type === 'ip' ? extremeAddress(fn, cell, filter) : `${fn}(${extremeOf(cell, fn)})${filter}`,
      );
    case 'sum':
      return one(cell.type, sumOf(cell, filter));
    case 'avg':
      return one('double', finite(`(${total(cell, filter)})::DOUBLE / nullif(${countValues(cell, filter)}, 0)`));
    case 'median':
      return one('double', finite(median(cell, filter)));
    case 'percentile':
      return one('double', finite(percentile(cell, at, filter)));
    case 'variance':
      return one('double', finite(overDoubles(cell, filter, 'var_pop')));
    case 'std-dev':
      return one('double', finite(overDoubles(cell, filter, 'stddev_pop')));
    case 'median-deviation':
      return one('double', finite(overDoubles(cell, filter, 'mad')));
    case 'least':
      return manyFrom(cell.type, `list_sort(${allValues(cell, filter)})[:${at}]`);
    case 'greatest':
      return manyFrom(cell.type, `list_reverse_sort(${allValues(cell, filter)})[:${at}]`);
    case 'present':
      return one('boolean', `(${countValues(cell, filter)} > 0)`);
    case 'first':
    case 'last':
      throw new Error(`The aggregate ${fn} is over two cells`);
    default:
      return unreachable(fn);
  }
}

/** The value beside the least or greatest key; rows without one of both take no part. */
export function besideExtreme(fn: 'first' | 'last', value: Cell, key: Cell, where: string | null): Cell {
  const [of, by] = [singleOf(value), singleOf(key)];
  const condition = [`${of} IS NOT NULL`, `${by} IS NOT NULL`, ...(where === null ? [] : [`(${where})`])].join(' AND ');
  return one(value.type, `(${fn === 'first' ? 'min' : 'max'}({'k': ${by}, 'v': ${of}}) FILTER (WHERE ${condition})).v`);
}

/** All values of the group, in no order; an empty list or NULL for none. */
function allValues(cell: Cell, filter: Filter): string {
  return `list_filter(flatten(list(${listOf(cell)})${filter}), lambda e: e IS NOT NULL)`;
}

/** An aggregate of the engine over all values as doubles. */
const overDoubles = (cell: Cell, filter: Filter, name: string): string =>
  cell.kind === 'one'
    ? `${name}((${cell.sql})::DOUBLE)${filter}`
    : `list_aggregate((${allValues(cell, filter)})::DOUBLE[], '${name}')`;

const percentile = (cell: Cell, at: number, filter: Filter): string =>
  cell.kind === 'one'
    ? `quantile_cont((${cell.sql})::DOUBLE, ${at / 100}e0)${filter}`
    : `list_aggregate((${allValues(cell, filter)})::DOUBLE[], 'quantile_cont', ${at / 100}e0)`;

const extremeAddress = (fn: 'min' | 'max', cell: Cell, filter: Filter): string =>
  `(${fn}(list_${fn}(${keyedAddresses(listOf(cell))}))${filter}).a`;

const ofNothing = (fn: AggregateFunction): Cell =>
  fn === 'count' || fn === 'count-distinct'
    ? one('long', 'sum(0::BIGINT)')
    : fn === 'present'
      ? one('boolean', '(count(NULL) > 0)')
      : one('null', literal(null, 'null'));

const countValues = (cell: Cell, filter: Filter): string =>
  cell.kind === 'one' ? `count(${cell.sql})${filter}` : `coalesce(sum(${countOf(cell)})${filter}, 0)::BIGINT`;

const countDistinct = (cell: Cell, filter: Filter, isFew: boolean): string =>
  cell.kind === 'one' && !isFew
    ? `count(DISTINCT ${cell.sql})${filter}`
    : `coalesce(len(${distinctValues(cell, filter, isFew)}), 0)::BIGINT`;

/**
 * Each value of the group once, in no order; an empty list or NULL for none. Where a filter lets nothing pass, DuckDB's
 * `list(DISTINCT …)` is `[NULL]` and not NULL: nulls are always taken out afterwards. The engine tells values apart in tables that
 * cost much to begin with: few are collected, and told apart then.
 */
function distinctValues(cell: Cell, filter: Filter, isFew: boolean): string {
  const distinct = (sql: string): string => `list(DISTINCT ${sql})${filter}`;
  switch (cell.kind) {
    case 'one':
      return isFew
        ? `list_distinct(list(${cell.sql})${filter})`
        : `list_filter(${distinct(cell.sql)}, lambda e: e IS NOT NULL)`;
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
