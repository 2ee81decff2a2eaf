import { useId, useImperativeHandle, useRef } from 'react';
import { usePreferences } from '#client/stores/preferences.ts';
import { CellTools, type CellToolsHandle } from './cell-tools.tsx';
import classes from './grid.module.css';
import { GridHeader } from './grid-header.tsx';
import type { GridProps } from './grid-props.ts';
import { GridRow } from './grid-row.tsx';
import { leastWidth } from './least-width.ts';
import { useGridKeys } from './use-grid-keys.ts';
import { useGridRows } from './use-grid-rows.ts';
import { useRest } from './use-rest.ts';

const ROW_HEIGHTS = { compact: 26, comfortable: 30 } as const;

/**
 * A list of any length of which only the rows in sight exist, sorted and paged by the server. Cells are plain elements:
 * component-library cells cost half the frame rate while scrolling.
 */
export function Grid<Row>(props: GridProps<Row>) {
  const { label, columns, count, rowAt, sort, onSort, active, onActive, onOpen, selection, groups } = props;
  const { cellActions, onResize, onHover } = props;
  const rowHeight = ROW_HEIGHTS[usePreferences((store) => store.density)];
  const scroller = useRef<HTMLDivElement>(null);
  const body = useRef<HTMLTableSectionElement>(null);
  const frame = useRef<HTMLTableElement>(null);
  const tools = useRef<CellToolsHandle>(null);
  const id = useId();
  const { virtualizer, items, first, last, table } = useGridRows(props, scroller, rowHeight);
  const openCellMenu = (column: string | null): void => {
    if (active >= 0) tools.current?.open(active, column ?? columns[0]?.id ?? '');
  };
  const { column, onKeyDown } = useGridKeys(props, openCellMenu);
  useImperativeHandle(props.handle, () => ({ openCellMenu: () => openCellMenu(column) }));

  const resting = useRest(
    onHover &&
      ((index) => {
        const row = rowAt(index);
        if (row !== undefined) onHover(row);
      }),
  );
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
        <tbody ref={body} {...resting} className={classes['body']} style={{ height: virtualizer.getTotalSize() }}>
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
              onPress={() => (onOpen ?? onActive)(row.original.index)}
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
