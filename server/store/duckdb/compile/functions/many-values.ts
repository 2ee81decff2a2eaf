import { commonType } from '#shared/plan/types.ts';
import type { ValueType } from '#shared/plan/value.ts';
import { bind } from '../../sql/bind.ts';
import { SQL_TYPES } from '../../sql/literal.ts';
import { keyedAddresses } from '../address.ts';
import { finite } from '../arithmetic.ts';
import { type Cell, countOf, extremeOf, listOf, many, manyFrom, one, singleOf, widened } from '../cell.ts';
import type { Implementation } from './implementation.ts';

/** A function of a cell's values; NULL of none. */
const ofValues =
  (compute: (cell: Cell) => Cell): Implementation =>
  ([cell], type) =>
    cell === undefined ? one(type, 'NULL') : compute(cell);

const extreme = (which: 'min' | 'max'): Implementation =>
  ofValues((cell) => {
    const address = cell.type === 'ip' && cell.kind !== 'one';
    return one(cell.type, address ? `list_${which}(${keyedAddresses(listOf(cell))}).a` : extremeOf(cell, which));
  });

/** Each value once, the first of equal ones, in the order in which they stand. */
const deduplicated = (list: string): string => `list_filter(${list}, lambda e, i: list_position(${list}, e) = i)`;

/** Longs add up in 128 bits. */
const totalOf = (cell: Cell): string => (cell.kind === 'one' ? `(${cell.sql})` : `list_sum(${listOf(cell)})`);

const sumOf = (cell: Cell): string =>
  cell.type === 'double' ? finite(totalOf(cell)) : `TRY_CAST(${totalOf(cell)} AS BIGINT)`;

/** From 0; negative from the end. Cut off at both ends, where the engine would count from the other. */
const slice: Implementation = ([cell, start, end]) => {
  if (cell === undefined || start === undefined) return one('null', 'NULL');
  const list = listOf(cell);
  const place = (index: string) => `(${index} + CASE WHEN ${index} < 0 THEN len(${list}) ELSE 0 END)`;
  const [from, to] = [singleOf(start), singleOf(end ?? start)];
  // In 128 bits, and kept within the list: a place may be any long.
  const [first, last] = [from, to].map((index) => place(`(${index})::HUGEINT`));
  return manyFrom(
    cell.type,
    `CASE WHEN ${first} IS NOT NULL AND ${last} >= 0 AND ${first} < len(${list})
      THEN ${list}[greatest(${first}, 0)::BIGINT + 1 : least(${last}, len(${list}))::BIGINT + 1] END`,
  );
};

/** Values of types that do not go together are never the same. */
function containsAll(cells: readonly Cell[]): string {
  const [first = 'null', second = 'null'] = cells.map((cell) => cell.type);
  if (commonType(first, second) === null) return `(${cells[1] ? countOf(cells[1]) : '0'} = 0)`;
  return ofBoth(
    cells,
    (values, sought) => `(len(list_filter(${sought}, lambda e: NOT list_contains(${values}, e))) = 0)`,
  );
}

/** Both lists in their common type, empty for none. */
function ofBoth(cells: readonly Cell[], combine: (first: string, second: string) => string): string {
  const type = cells.map((cell) => cell.type).reduce((left, right) => commonType(left, right) ?? left);
  const [first = '[]', second = '[]'] = cells.map(
    (cell) => `coalesce(${listOf(widened(cell, type))}, []::${SQL_TYPES[type]}[])`,
  );
  return combine(first, second);
}

/** Between two in the middle half way, whole numbers rounded down. */
function median(cell: Cell): string {
  const sorted = `list_sort(${listOf(cell)})`;
  const [lower, upper] = [`${sorted}[(len(${sorted}) + 1) // 2]`, `${sorted}[len(${sorted}) // 2 + 1]`];
  if (cell.type !== 'long') return `(${lower}::DOUBLE / 2 + ${upper}::DOUBLE / 2 + 0)`;
  const sum = `(${lower}::HUGEINT + ${upper})`;
  return `((${sum} - (${sum} % 2 + 2) % 2) // 2)::BIGINT`;
}

/** Between two values in proportion; of whole numbers the result is cut towards zero. */
function percentile(cell: Cell, percentage: string): string {
  const sorted = `list_sort(${listOf(cell)})`;
  const wanted = `(CASE WHEN ${percentage} BETWEEN 0 AND 100 THEN ${percentage}::DOUBLE END)`;
  return bind('p', `{'s': ${sorted}, 'at': ${wanted} / 100 * (len(${sorted}) - 1)}`, ofPlace(cell.type));
}

function ofPlace(type: ValueType): string {
  const [lower, upper] = ['p.s[floor(p.at)::BIGINT + 1]', 'p.s[ceil(p.at)::BIGINT + 1]'];
  const between = `(${lower}::DOUBLE + (p.at - floor(p.at)) * (${upper}::DOUBLE - ${lower}::DOUBLE))`;
  const cut = type === 'long' ? `TRY_CAST(trunc(${between}) AS BIGINT)` : finite(between);
  return `CASE WHEN p.at = floor(p.at) THEN ${lower} ELSE ${cut} END`;
}

export const MANY_VALUES_FUNCTIONS: Readonly<Record<string, Implementation>> = {
  mv_count: ofValues((cell) => one('long', `nullif(${countOf(cell)}, 0)`)),
  mv_first: ofValues((cell) => (cell.kind === 'one' ? cell : one(cell.type, `${listOf(cell)}[1]`))),
  mv_last: ofValues((cell) => (cell.kind === 'one' ? cell : one(cell.type, `${listOf(cell)}[-1]`))),
  mv_min: extreme('min'),
  mv_max: extreme('max'),
  mv_concat: ([cell, delimiter]) => {
    if (cell === undefined || delimiter === undefined) return one('string', 'NULL');
    const between = singleOf(delimiter);
    // `array_to_string` takes constant delimiters only.
    const joined = `list_reduce(${listOf(cell)}, lambda a, b: a || ${between} || b)`;
    return one('string', `CASE WHEN ${between} IS NOT NULL THEN ${joined} END`);
  },
  mv_sum: ofValues((cell) => one(cell.type, sumOf(cell))),
  mv_avg: ofValues((cell) => one('double', finite(`(${totalOf(cell)})::DOUBLE / ${countOf(cell)}`))),
  mv_slice: slice,
  mv_sort: ([cell, order]) => {
    if (cell === undefined) return one('null', 'NULL');
    const list = listOf(cell);
    // Of a list that the engine sees to be null, sorting makes one of no type.
    const typed = (sql: string) => many(cell.type, `CAST(${sql} AS ${SQL_TYPES[cell.type]}[])`);
    if (order === undefined) return typed(`list_sort(${list})`);
    const direction = `upper(${singleOf(order)})`;
    return typed(
      `CASE WHEN ${direction} = 'ASC' THEN list_sort(${list}) WHEN ${direction} = 'DESC' THEN list_reverse_sort(${list}) END`,
    );
  },
  mv_zip: ([first, second, delimiter]) => {
    if (first === undefined || second === undefined) return one('string', 'NULL');
    const between = delimiter === undefined ? `','` : singleOf(delimiter);
    const lists = [first, second].map((cell) => (cell.type === 'null' ? 'NULL::VARCHAR[]' : listOf(cell)));
    const pair = `CASE WHEN p[1] IS NULL THEN p[2] WHEN p[2] IS NULL THEN p[1] ELSE p[1] || ${between} || p[2] END`;
    const zipped = `list_transform(list_zip(coalesce(${lists[0]}, []), coalesce(${lists[1]}, [])), lambda p: ${pair})`;
    return manyFrom('string', `CASE WHEN ${between} IS NOT NULL THEN ${zipped} END`);
  },
  mv_median: ofValues((cell) => one(cell.type, median(cell))),
  mv_percentile: ([cell, percentage]) => {
    if (cell === undefined || percentage === undefined) return one('null', 'NULL');
    return one(cell.type, percentile(cell, singleOf(percentage)));
  },
  mv_contains: (cells) => one('boolean', containsAll(cells)),
  mv_union: (cells, type) =>
    manyFrom(type, deduplicated(ofBoth(cells, (first, second) => `list_concat(${first}, ${second})`))),
  mv_intersection: (cells, type) =>
    manyFrom(
      type,
      ofBoth(cells, (first, second) => `list_filter(${deduplicated(first)}, lambda e: list_contains(${second}, e))`),
    ),
  mv_difference: (cells, type) =>
    manyFrom(
      type,
      ofBoth(
        cells,
        (first, second) => `list_filter(${deduplicated(first)}, lambda e: NOT list_contains(${second}, e))`,
      ),
    ),
  mv_append: (cells, type) => {
    const [first = 'NULL', second = 'NULL'] = cells.map((cell) => listOf(widened(cell, type)));
    return many(
      type,
      `CASE WHEN ${first} IS NOT NULL AND ${second} IS NOT NULL THEN list_concat(${first}, ${second}) END`,
    );
  },
  mv_dedupe: ofValues((cell) => (cell.kind === 'one' ? cell : many(cell.type, deduplicated(listOf(cell))))),
};
