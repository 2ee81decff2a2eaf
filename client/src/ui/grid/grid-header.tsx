import { IconArrowDown, IconArrowUp } from '../icons.ts';
import classes from './grid.module.css';
import type { GridColumn, GridSelection, GridSort } from './grid-column.ts';

export function GridHeader<Row>({
  columns,
  sort,
  onSort,
  selection,
}: {
  readonly columns: readonly GridColumn<Row>[];
  readonly sort?: GridSort;
  readonly onSort?: (sort: GridSort) => void;
  readonly selection?: GridSelection<Row>;
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
            </th>
          );
        })}
      </tr>
    </thead>
  );
}
