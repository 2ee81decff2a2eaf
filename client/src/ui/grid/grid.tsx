import { type MouseEvent, useId, useImperativeHandle, useRef } from 'react';
import { usePreferences } from '#client/stores/preferences.ts';
import { bodyStyle } from './body-style.ts';
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

  /** On a checkbox: chooses the row; beside it, on its cell: nothing, that was meant for it. */
  const onPress = ({ target, shiftKey }: MouseEvent): void => {
    const pressed = target instanceof Element ? target.closest<HTMLElement>('[data-index]') : null;
    if (!pressed || !(target instanceof Element)) return;
    const index = Number(pressed.dataset['index']);
    const row = rowAt(index);
    if (!target.closest('[data-check]')) (onOpen ?? onActive)(index);
    else if (target instanceof HTMLInputElement && row !== undefined) selection?.toggle(row, index, shiftKey);
  };
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
        onClick={onPress}
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
        <tbody
          ref={body}
          {...resting}
          className={classes['body']}
          style={bodyStyle(virtualizer.getTotalSize(), items[0]?.start ?? 0)}
        >
          {table.getRowModel().rows.map((line) => {
            const { index, row } = line.original;
            const isActive = index === active;
            return (
              <GridRow
                key={line.id}
                id={`${id}-${index}`}
                line={line}
                active={isActive}
                columns={columns}
                cursor={isActive ? column : null}
                muted={row !== undefined && (props.isMuted?.(row) ?? false)}
                selected={selection ? row !== undefined && selection.isSelected(row) : null}
                nameOf={selection?.nameOf}
                whole={groups?.whole}
                level={row === undefined ? undefined : groups?.levelOf(row)}
                unfolded={row === undefined ? undefined : (groups?.isUnfolded(row) ?? undefined)}
              />
            );
          })}
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
