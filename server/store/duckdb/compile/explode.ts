import { atLeastNull, type Cell, listOf, one } from './cell.ts';
import { fresh, materialised, type Relation, selecting } from './relation.ts';

export interface Exploded {
  readonly relation: Relation;
  /** At most one value each. */
  readonly cells: readonly Cell[];
}

/**
 * One row for each combination of the cells' distinct values; a row without a value of a cell stays, with NULL there. Each
 * list takes a table of its own: side by side, DuckDB would pair them off.
 */
export function exploded(relation: Relation, cells: readonly Cell[]): Exploded {
  return cells.reduce<Exploded>(
    (sofar, cell) => {
      const { relation: after, cell: value } = explodedBy(sofar.relation, cell);
      return { relation: after, cells: [...sofar.cells, value] };
    },
    { relation, cells: [] },
  );
}

function explodedBy(relation: Relation, cell: Cell): { readonly relation: Relation; readonly cell: Cell } {
  if (cell.kind === 'one') return materialised(relation, cell);
  const [name, named] = fresh(relation);
  const values = atLeastNull(cell, `list_sort(list_distinct(${listOf(cell)}))`);
  return {
    relation: selecting(named, (from) => `SELECT *, unnest(${values}) AS ${name} FROM ${from}`),
    cell: one(cell.type, name),
  };
}
