import type { Instant } from '#shared/base/time.ts';
import type { Cell } from './cell.ts';
import type { Variety } from './one-of.ts';
import type { Column, Scope } from './scope.ts';

/**
 * A pipeline so far: a chain of common table expressions of which each reads the one before, and the plan's columns as found in
 * the last. Names inside are ours (`s3`, `c7`): no name that a user gave reaches the statement past the source.
 *
 * A relation keeps every column of the one before unless it groups; what nobody reads the engine leaves out.
 */
export interface Relation {
  readonly tables: readonly Table[];
  readonly columns: readonly Column[];
  /** Terms of the ORDER BY that rows are in; valid in every later relation that keeps its columns. */
  readonly order: readonly string[];
  readonly now: Instant;
  /** The run that every row is of; null where there are several, or none yet. */
  readonly tick: Instant | null;
  /** Of chosen events: those that a single run sees are few. */
  readonly isFew: boolean;
  /** How many names for columns have been given. */
  readonly named: number;
}

export interface Table {
  readonly name: string;
  /** Written out where a statement comes of it: mostly to be thrown away where only complaints are looked for. */
  readonly sql: () => string;
  /** Computed once and kept, because two later tables read it; others melt into what reads them. */
  readonly kept: boolean;
  /** Of a filter that only leaves out: what it asks of which table. Whoever needs few of the rows asks these last. */
  readonly sparing?: { readonly from: string; readonly condition: () => string };
}

/** Name of the last table. */
export const tableOf = (relation: Relation): string => relation.tables.at(-1)?.name ?? '';

export const scopeOf = ({ columns, now, tick }: Relation): Scope => ({ columns, now, tick });

/** The relation with one more table, given its SQL over the last one. */
export function selecting(relation: Relation, sql: (from: string) => string, keep?: 'kept'): Relation {
  const table = { name: `s${relation.tables.length}`, sql: () => sql(tableOf(relation)), kept: keep === 'kept' };
  return { ...relation, tables: [...relation.tables, table] };
}

/** The relation with its last table computed once, whoever reads it. */
export const keepLast = (relation: Relation): Relation => ({
  ...relation,
  tables: relation.tables.map((table, index, all) => (index === all.length - 1 ? { ...table, kept: true } : table)),
});

/** The relation with what its last table leaves out. */
export const noted = (relation: Relation, sparing: NonNullable<Table['sparing']>): Relation => ({
  ...relation,
  tables: relation.tables.map((table, index, all) => (index === all.length - 1 ? { ...table, sparing } : table)),
});

/** A cell to be computed in a table of its own, so that what refers to it does not repeat it. */
export interface Computed {
  readonly relation: Relation;
  readonly cell: Cell;
}

/** The relation with the value of a cell in a column of its own; a cell that is one already stays as it is. */
export function materialised(relation: Relation, cell: Cell): Computed {
  const { relation: after, cells } = materialisedTogether(relation, [cell]);
  return { relation: after, cell: cells[0] ?? cell };
}

/** The same for several cells, in one table. */
export function materialisedTogether(
  before: Relation,
  cells: readonly Cell[],
): { readonly relation: Relation; readonly cells: readonly Cell[] } {
  let relation = before;
  const selected: string[] = [];
  const named = cells.map((cell) => {
    if (cell.kind === 'spilled' || /^\w+$/.test(cell.sql)) return cell;
    const [name, more] = fresh(relation);
    relation = more;
    selected.push(`${cell.sql} AS ${name}`);
    return { ...cell, sql: name };
  });
  if (selected.length === 0) return { relation, cells: named };
  return { relation: selecting(relation, (from) => `SELECT *, ${selected.join(', ')} FROM ${from}`), cells: named };
}

/** A name for a column, and the relation that has given it. */
export const fresh = (relation: Relation): readonly [name: string, relation: Relation] => [
  `c${relation.named}`,
  { ...relation, named: relation.named + 1 },
];

/** The columns with this one at the end, in place of one of the same name. */
export const put = (columns: readonly Column[], name: string, cell: Cell, variety: Variety = 'many'): Column[] => [
  ...columns.filter((column) => column.name !== name),
  { name, cell, variety },
];

/** The columns with this cell where the column of that name stands. */
export const replace = (columns: readonly Column[], name: string, cell: Cell): Column[] =>
  columns.map((column) => (column.name === name ? { ...column, cell } : column));

/** A term decides nothing behind another of the same value. */
export function orderBy({ order }: Relation): string {
  const values = order.map((term) => term.replace(/ (?:ASC|DESC) NULLS (?:FIRST|LAST)$/, ''));
  const terms = order.filter((_, index) => values.indexOf(values[index] ?? '') === index);
  return terms.length === 0 ? '' : ` ORDER BY ${terms.join(', ')}`;
}
