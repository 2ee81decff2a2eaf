import {
  createColumnHelper,
  rowSortingFeature,
  type SortingState,
  type Row as TableRow,
  tableFeatures,
  useTable,
} from '@tanstack/react-table';
import { useVirtualizer } from '@tanstack/react-virtual';
import { type RefObject, useEffect, useMemo } from 'react';
import type { GridProps } from './grid-props.ts';
import type { Slot } from './slot.ts';

const features = tableFeatures({ rowSortingFeature });

/** A row of the table that is in sight, its cells with it. */
export type GridLine<Row> = TableRow<typeof features, Slot<Row>>;

/** The rows in sight, as cells of a table, and where they stand. The cursor is kept in sight. */
export function useGridRows<Row>(
  { columns, count, rowAt, rowId, sort, active, onRange }: GridProps<Row>,
  scroller: RefObject<HTMLDivElement | null>,
  rowHeight: number,
) {
  // oxlint-disable-next-line react/incompatible-library -- no compiler memoises here; rows are drawn by the grid
  const virtualizer = useVirtualizer({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 12,
    scrollPaddingStart: rowHeight + 4,
  });
  const items = virtualizer.getVirtualItems();
  const first = items[0]?.index ?? 0;
  const last = items.at(-1)?.index ?? 0;

  // biome-ignore lint/correctness/useExhaustiveDependencies: another row height makes all positions wrong
  useEffect(() => virtualizer.measure(), [virtualizer, rowHeight]);
  useEffect(() => onRange?.(first, last), [onRange, first, last]);
  useEffect(() => {
    if (active >= 0 && active < count) virtualizer.scrollToIndex(active, { align: 'auto' });
  }, [virtualizer, active, count]);

  const helper = useMemo(() => createColumnHelper<typeof features, Slot<Row>>(), []);
  const definitions = useMemo(
    () =>
      columns.map((column) =>
        helper.display({
          id: column.id,
          header: column.header,
          cell: ({ row }) => (row.original.row === undefined ? null : column.cell(row.original.row)),
        }),
      ),
    [columns, helper],
  );
  const sorting: SortingState = sort ? [{ id: sort.id, desc: sort.direction === 'descending' }] : [];
  const slots: Slot<Row>[] = items.map(({ index }) => ({ index, row: rowAt(index) }));
  const table = useTable({
    features,
    columns: definitions,
    data: slots,
    getRowId: (slot) => (slot.row === undefined ? `slot ${slot.index}` : rowId(slot.row)),
    manualSorting: true,
    state: { sorting },
  });
  return { virtualizer, items, first, last, table };
}
