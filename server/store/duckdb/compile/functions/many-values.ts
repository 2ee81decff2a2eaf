import { type Cell, countOf, extremeOf, listOf, many, one, singleOf } from '../cell.ts';
import type { Implementation } from './implementation.ts';

/** A function of a cell's values; NULL of none. */
const ofValues =
  (compute: (cell: Cell) => Cell): Implementation =>
  ([cell], type) =>
    cell === undefined ? one(type, 'NULL') : compute(cell);

/** Each value once, the first of equal ones, in the order in which they stand. */
const deduplicated = (list: string): string => `list_filter(${list}, lambda e, i: list_position(${list}, e) = i)`;

export const MANY_VALUES_FUNCTIONS: Readonly<Record<string, Implementation>> = {
  mv_count: ofValues((cell) => one('long', `nullif(${countOf(cell)}, 0)`)),
  mv_first: ofValues((cell) => (cell.kind === 'one' ? cell : one(cell.type, `${listOf(cell)}[1]`))),
  mv_last: ofValues((cell) => (cell.kind === 'one' ? cell : one(cell.type, `${listOf(cell)}[-1]`))),
  mv_min: ofValues((cell) => one(cell.type, extremeOf(cell, 'min'))),
  mv_max: ofValues((cell) => one(cell.type, extremeOf(cell, 'max'))),
  mv_concat: ([cell, delimiter]) => {
    if (cell === undefined || delimiter === undefined) return one('string', 'NULL');
    const between = singleOf(delimiter);
    // `array_to_string` takes constant delimiters only.
    const joined = `list_reduce(${listOf(cell)}, lambda a, b: a || ${between} || b)`;
    return one('string', `CASE WHEN ${between} IS NOT NULL THEN ${joined} END`);
  },
  mv_dedupe: ofValues((cell) => (cell.kind === 'one' ? cell : many(cell.type, deduplicated(listOf(cell))))),
};
