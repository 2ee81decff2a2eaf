import {
  createColumnHelper,
  rowSortingFeature,
  type SortingState,
  tableFeatures,
  useTable,
} from '@tanstack/react-table';
import { useVirtualizer } from '@tanstack/react-virtual';
import {
  type KeyboardEvent,
  type RefObject,
  useEffect,
  useId,
  useImperativeHandle,
  useMemo,
  useRef,
  useState,
} from 'react';
import { usePreferences } from '#client/stores/preferences.ts';
import { CellTools, type CellToolsHandle } from './cell-tools.tsx';
import classes from './grid.module.css';
import type { CellActions, GridColumn, GridGroups, GridSelection, GridSort } from './grid-column.ts';
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

/**
 * A list of any length of which only the rows in sight exist, sorted and paged by the server. Cells are plain elements:
 * component-library cells cost half the frame rate while scrolling.
 */
export function Grid<Row>(props: GridProps<Row>) {
  const { label, columns, count, rowAt, rowId, sort, onSort, active, onActive, onOpen, selection, onRange, groups } =
    props;
  const { cellActions, onResize } = props;
  const density = usePreferences((store) => store.density);
  const rowHeight = ROW_HEIGHTS[density];
  const scroller = useRef<HTMLDivElement>(null);
  const body = useRef<HTMLTableSectionElement>(null);
  const frame = useRef<HTMLTableElement>(null);
  const tools = useRef<CellToolsHandle>(null);
  const [chosenColumn, setColumn] = useState<string | null>(null);
  const column = columns.find(({ id: known }) => known === chosenColumn)?.id ?? null;
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

  const openCellMenu = (): void => {
    if (active >= 0) tools.current?.open(active, column ?? columns[0]?.id ?? '');
  };
  useImperativeHandle(props.handle, () => ({ openCellMenu }));

  /** Sideways: folds and unfolds groups, else moves between columns. */
  const aside = (by: 1 | -1): void => {
    const row = rowAt(active);
    const unfolded = row === undefined ? null : (groups?.isUnfolded(row) ?? null);
    if (unfolded !== null) groups?.fold(active, by === 1);
    else if (cellActions) {
      const at = columns.findIndex(({ id: known }) => known === column);
      setColumn(columns[Math.max(0, Math.min(columns.length - 1, at + by))]?.id ?? null);
    }
  };

  const onKeyDown = (event: KeyboardEvent): void => {
    const next = moveIn(event.key, active, count);
    if (next !== null) onActive(next);
    else if (event.key === 'ArrowRight' || event.key === 'ArrowLeft') aside(event.key === 'ArrowRight' ? 1 : -1);
    else if (event.key === 'ContextMenu' || (event.key === 'F10' && event.shiftKey)) openCellMenu();
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
        {...(groups ? { role: 'treegrid' } : {})}
        aria-multiselectable={selection !== undefined}
        ref={frame}
        aria-label={label}
        aria-rowcount={count + 1}
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
          {...(onResize ? { onResize } : {})}
        />
        <tbody ref={body} className={classes['body']} style={{ height: virtualizer.getTotalSize() }}>
          {table.getRowModel().rows.map((row) => (
            <GridRow
              key={row.id}
              id={`${id}-${row.original.index}`}
              slot={row.original}
              top={items[row.original.index - first]?.start ?? 0}
              active={row.original.index === active}
              columns={columns}
              column={column}
              muted={row.original.row !== undefined && (props.isMuted?.(row.original.row) ?? false)}
              onPress={() => {
                onActive(row.original.index);
                onOpen?.(row.original.index);
              }}
              {...(selection ? { selection } : {})}
              {...(groups ? { groups } : {})}
            >
              {row.getAllCells().map((cell) => (
                <table.FlexRender key={cell.id} cell={cell} />
              ))}
            </GridRow>
          ))}
        </tbody>
      </table>
      {cellActions ? (
        <div className={classes['tools']} style={{ '--row-height': `${rowHeight}px` } as React.CSSProperties}>
          <CellTools
            body={body}
            handle={tools}
            actionsOf={(index, of) => {
              const row = rowAt(index);
              return row === undefined ? [] : cellActions(row, of);
            }}
            onDone={() => frame.current?.focus()}
          />
        </div>
      ) : null}
    </div>
  );
}
