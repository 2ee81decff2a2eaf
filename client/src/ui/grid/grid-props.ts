import type { RefObject } from 'react';
import type { CellActions, GridColumn, GridGroups, GridSelection, GridSort } from './grid-column.ts';

export interface GridProps<Row> {
  readonly label: string;
  readonly columns: readonly GridColumn<Row>[];
  readonly count: number;
  readonly rowAt: (index: number) => Row | undefined;
  readonly rowId: (row: Row) => string;
  readonly sort?: GridSort;
  readonly onSort?: (sort: GridSort) => void;
  /** The cursor; -1 for none. */
  readonly active: number;
  readonly onActive: (index: number) => void;
  /** A row is pressed, or Enter on the cursor's; the cursor is to go there too. */
  readonly onOpen?: (index: number) => void;
  /** The pointer rests on a row: it may be opened next. */
  readonly onHover?: (row: Row) => void;
  readonly selection?: GridSelection<Row>;
  /** Rows in sight, for reading them. */
  readonly onRange?: (first: number, last: number) => void;
  readonly isMuted?: (row: Row) => boolean;
  readonly groups?: GridGroups<Row>;
  /** What can be done with a cell's value: by pointer, Shift+F10 or the handle. */
  readonly cellActions?: CellActions<Row>;
  readonly onResize?: (column: string, width: number) => void;
  readonly handle?: RefObject<GridHandle | null>;
}

export interface GridHandle {
  /** Opens what can be done with the cell that the cursor is in. */
  readonly openCellMenu: () => void;
}
