import {
  createColumnHelper,
  rowSortingFeature,
  type SortingState,
  tableFeatures,
  useTable,
} from '@tanstack/react-table';
import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, useEffect, useId, useMemo, useRef } from 'react';
import { usePreferences } from '#client/stores/preferences.ts';
import classes from './grid.module.css';
import type { GridColumn, GridSelection, GridSort } from './grid-column.ts';
import { GridHeader } from './grid-header.tsx';
import { GridRow } from './grid-row.tsx';
import { leastWidth } from './least-width.ts';
import { moveIn } from './move.ts';
import type { Slot } from './slot.ts';

const ROW_HEIGHTS = { compact: 26, comfortable: 30 } as const;
const features = tableFeatures({ rowSortingFeature });

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
  readonly onOpen?: (index: number) => void;
  readonly selection?: GridSelection<Row>;
  /** Rows in sight, for reading them. */
  readonly onRange?: (first: number, last: number) => void;
  readonly isMuted?: (row: Row) => boolean;
}

/**
 * A list of any length of which only the rows in sight exist, sorted and paged by the server. Cells are plain elements:
 * component-library cells cost half the frame rate while scrolling.
 */
export function Grid<Row>(props: GridProps<Row>) {
  const { label, columns, count, rowAt, rowId, sort, onSort, active, onActive, onOpen, selection, onRange } = props;
  const density = usePreferences((store) => store.density);
  const rowHeight = ROW_HEIGHTS[density];
  const scroller = useRef<HTMLDivElement>(null);
  const id = useId();
  // oxlint-disable-next-line react/incompatible-library -- no compiler memoises here; rows are drawn by this component
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

  const slots: Slot<Row>[] = items.map(({ index }) => ({ index, row: rowAt(index) }));
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
  const table = useTable({
    features,
    columns: definitions,
    data: slots,
    getRowId: (slot) => (slot.row === undefined ? `slot ${slot.index}` : rowId(slot.row)),
    manualSorting: true,
    state: { sorting },
  });

  const onKeyDown = (event: KeyboardEvent): void => {
    const next = moveIn(event.key, active, count);
    if (next !== null) onActive(next);
    else if (event.key === 'Enter' && active >= 0) onOpen?.(active);
    else if (event.key === ' ' && active >= 0 && selection) {
      const row = rowAt(active);
      if (row !== undefined) selection.toggle(row, active, event.shiftKey);
    } else return;
    event.preventDefault();
    event.stopPropagation();
  };

  const tracks = [...(selection ? ['30px'] : []), ...columns.map((column) => column.width)].join(' ');
  return (
    <div className={classes['scroller']} ref={scroller}>
      <table
        // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: a grid is the interactive kind of table
        role="grid"
        aria-label={label}
        aria-rowcount={count + 1}
        aria-multiselectable={selection !== undefined}
        aria-activedescendant={active >= first && active <= last && count > 0 ? `${id}-${active}` : undefined}
        tabIndex={0}
        onKeyDown={onKeyDown}
        className={classes['grid']}
        style={
          {
            '--tracks': tracks,
            '--row-height': `${rowHeight}px`,
            minWidth: leastWidth(
              columns.map(({ width }) => width),
              selection !== undefined,
            ),
          } as React.CSSProperties
        }
      >
        <GridHeader
          columns={columns}
          {...(sort ? { sort } : {})}
          {...(onSort ? { onSort } : {})}
          {...(selection ? { selection } : {})}
        />
        <tbody className={classes['body']} style={{ height: virtualizer.getTotalSize() }}>
          {table.getRowModel().rows.map((row) => (
            <GridRow
              key={row.id}
              id={`${id}-${row.original.index}`}
              slot={row.original}
              top={items[row.original.index - first]?.start ?? 0}
              active={row.original.index === active}
              columns={columns}
              muted={row.original.row !== undefined && (props.isMuted?.(row.original.row) ?? false)}
              onPress={() => {
                onActive(row.original.index);
                onOpen?.(row.original.index);
              }}
              {...(selection ? { selection } : {})}
            >
              {row.getAllCells().map((cell) => (
                <table.FlexRender key={cell.id} cell={cell} />
              ))}
            </GridRow>
          ))}
        </tbody>
      </table>
    </div>
  );
}
