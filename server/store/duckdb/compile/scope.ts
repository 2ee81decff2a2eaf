import { must } from '#shared/base/assert.ts';
import type { Instant } from '#shared/base/time.ts';
import type { Cell } from './cell.ts';
import type { Variety } from './one-of.ts';

/** A column that a plan can name, and where it is found in the relation at hand. */
export interface Column {
  readonly name: string;
  readonly cell: Cell;
  readonly variety: Variety;
}

/** What an expression is compiled against. */
export interface Scope {
  readonly columns: readonly Column[];
  readonly now: Instant;
  /** The run that every row is of; null where there are several, or none yet. */
  readonly tick: Instant | null;
}

/** A column by name. That it exists is the checker's promise. */
export const columnOf = (scope: Pick<Scope, 'columns'>, name: string): Column =>
  must(
    scope.columns.find((column) => column.name === name),
    `column ${name}`,
  );
