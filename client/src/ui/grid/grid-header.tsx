import type { PointerEvent } from 'react';
import { IconArrowDown, IconArrowUp } from '../icons.ts';
import classes from './grid.module.css';
import type { GridColumn, GridSelection, GridSort } from './grid-column.ts';

export function GridHeader<Row>({
  columns,
  sort,
  onSort,
  selection,
  onResize,
}: {
  readonly columns: readonly GridColumn<Row>[];
  readonly sort?: GridSort;
  readonly onSort?: (sort: GridSort) => void;
  readonly selection?: GridSelection<Row>;
  readonly onResize?: (column: string, width: number) => void;
}) {
  return (
    <thead className={classes['head']}>
      <tr className={classes['headRow']} aria-rowindex={1}>
        {selection ? (
          <th scope="col" className={classes['check']}>
            <input
              type="checkbox"
              aria-label="Select all loaded rows"
              checked={selection.all === 'all'}
              ref={(box) => {
                if (box) box.indeterminate = selection.all === 'some';
              }}
              onChange={selection.toggleAll}
            />
          </th>
        ) : null}
        {columns.map((column) => {
          const direction = sort?.id === column.id ? sort.direction : null;
          return (
            <th
              key={column.id}
              scope="col"
              className={classes['headCell']}
              data-align={column.align}
              {...(column.sortable ? { 'aria-sort': direction ?? 'none' } : {})}
            >
              {column.sortable && onSort ? (
                <button
                  type="button"
                  onClick={() =>
                    onSort({ id: column.id, direction: direction === 'descending' ? 'ascending' : 'descending' })
                  }
                >
                  {column.header}
                  {direction === 'ascending' ? <IconArrowUp size={12} /> : null}
                  {direction === 'descending' ? <IconArrowDown size={12} /> : null}
                </button>
              ) : (
                <span>{column.header}</span>
              )}
              {onResize ? <Handle onResize={(width) => onResize(column.id, width)} /> : null}
            </th>
          );
        })}
      </tr>
    </thead>
  );
}

const LEAST_PX = 48;

/** The right end of a header, to be dragged. By keyboard, widths are set where columns are chosen. */
function Handle({ onResize }: { readonly onResize: (width: number) => void }) {
  const drag = (event: PointerEvent<HTMLElement>): void => {
    const cell = event.currentTarget.parentElement;
    if (!cell || !event.currentTarget.hasPointerCapture(event.pointerId)) return;
    onResize(Math.max(LEAST_PX, Math.round(event.clientX - cell.getBoundingClientRect().left)));
  };
  return (
    <i
      aria-hidden="true"
      className={classes['handle']}
      onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
      onPointerMove={drag}
    />
  );
}
