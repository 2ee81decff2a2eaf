import type { ValueType } from '#shared/plan/value.ts';
import { type Cell, listOf, many, one, singleOf, widened } from '../cell.ts';
import { type Implementation, ofSingles, whereAll } from './implementation.ts';

/** Cells of one type and form, and what they become together. */
function alike(cells: readonly Cell[], type: ValueType, combine: (values: readonly string[]) => string): Cell {
  const wide = cells.map((cell) => widened(cell, type));
  return wide.every((cell) => cell.kind === 'one')
    ? one(type, combine(wide.map((cell) => cell.sql)))
    : many(type, combine(wide.map(listOf)));
}

const coalesce: Implementation = (cells, type) => alike(cells, type, (values) => `coalesce(${values.join(', ')})`);

/** Conditions and values in turn; one left over at the end is the value for none. */
function choose(cells: readonly Cell[], type: ValueType): Cell {
  const paired = cells.length - (cells.length % 2);
  const conditions = cells.filter((_, index) => index % 2 === 0 && index < paired).map(singleOf);
  const values = cells.filter((_, index) => index % 2 === 1 || index >= paired);
  return alike(values, type, (results) => {
    const branches = conditions.map((condition, index) => `WHEN ${condition} THEN ${results[index]}`);
    const otherwise = results.length > conditions.length ? ` ELSE ${results.at(-1)}` : '';
    return `CASE ${branches.join(' ')}${otherwise} END`;
  });
}

/** The engine's own skip what is NULL. */
const extreme = (name: 'greatest' | 'least'): Implementation =>
  ofSingles((values) => whereAll(values, `${name}(${values.join(', ')})`));

export const CHOICE_FUNCTIONS: Readonly<Record<string, Implementation>> = {
  coalesce,
  case: choose,
  greatest: extreme('greatest'),
  least: extreme('least'),
};
