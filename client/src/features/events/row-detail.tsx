import { IconButton } from '#client/ui/button.tsx';
import { IconX } from '#client/ui/icons.ts';
import type { SearchColumn, SearchRow } from '#shared/api/search.ts';
import { CopyRow } from './copy-row.tsx';
import classes from './event-detail.module.css';
import { FieldTable } from './field-table.tsx';
import type { FilterValue } from './filters.ts';

type Cell = SearchRow['cells'][number];

const valuesOf = (cell: Cell | undefined): readonly (string | number | boolean)[] =>
  cell === null || cell === undefined ? [] : Array.isArray(cell) ? cell : [cell];

/** A row that a query made of several events, or of none. */
export function RowDetail({
  columns,
  row,
  onFilter,
  onClose,
}: {
  readonly columns: readonly SearchColumn[];
  readonly row: SearchRow;
  readonly onFilter: (filter: FilterValue, include: boolean) => void;
  readonly onClose: () => void;
}) {
  const cells = columns.map(({ name, type }, at) => {
    const values = valuesOf(row.cells[at]);
    const several = values.length > 1;
    const filters = values.map((value): FilterValue => ({ field: name, value, type, several, of: 'result' }));
    return { name, values, filters };
  });
  const object = Object.fromEntries(columns.map(({ name }, at) => [name, row.cells[at] ?? null]));
  return (
    <section className={classes['detail']} aria-label="Row">
      <header className={classes['header']}>
        <h2>Row of the result</h2>
        <CopyRow row={cells} json={JSON.stringify(object, null, 2)} />
        <IconButton label="Close the row" icon={IconX} onClick={onClose} />
      </header>
      <FieldTable
        label="Columns of the row"
        rows={cells.map(({ name, values, filters }) => ({
          name,
          values: values.map(String),
          // The language compares single values only.
          onFilter:
            values.length > 1
              ? null
              : (_text, include) => {
                  const [filter] = filters;
                  if (filter) onFilter(filter, include);
                },
        }))}
      />
    </section>
  );
}
