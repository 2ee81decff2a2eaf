import { FlexRender } from '@tanstack/react-table';
import { memo, type ReactNode } from 'react';
import classes from './grid.module.css';
import type { GridColumn } from './grid-column.ts';
import type { GridLine } from './use-grid-rows.ts';

export interface GridRowProps<Row> {
  readonly id: string;
  readonly line: GridLine<Row>;
  readonly active: boolean;
  readonly muted: boolean;
  readonly columns: readonly GridColumn<Row>[];
  /** The column that the cursor is in, on its row. */
  readonly cursor: string | null;
  /** Whether it is selected; null where nothing can be. */
  readonly selected: boolean | null;
  /** What the row is called when its checkbox is read. */
  readonly nameOf: ((row: Row) => string) | undefined;
  readonly whole: ((row: Row) => ReactNode | null) | undefined;
  readonly level: number | undefined;
  readonly unfolded: boolean | undefined;
}

function Line<Row>({ id, line, active, muted, columns, cursor, selected, ...props }: GridRowProps<Row>) {
  const { row, index } = line.original;
  const whole = row === undefined ? <span className={classes['waiting']} /> : (props.whole?.(row) ?? null);
  return (
    <tr
      id={id}
      data-index={index}
      className={classes['row']}
      aria-rowindex={index + 2}
      aria-selected={selected ?? active}
      aria-level={props.level}
      aria-expanded={props.unfolded}
      data-active={active}
      data-whole={row !== undefined && whole !== null}
      data-muted={muted}
    >
      {selected === null ? null : (
        <td className={classes['check']} data-check>
          {row === undefined ? null : (
            <input
              type="checkbox"
              tabIndex={-1}
              aria-label={`Select ${props.nameOf?.(row) ?? ''}`}
              checked={selected}
              readOnly
            />
          )}
        </td>
      )}
      {whole === null ? (
        line.getAllCells().map((cell, at) => (
          <td
            key={cell.id}
            className={classes['cell']}
            data-align={columns[at]?.align}
            data-column={columns[at]?.id}
            data-cursor={columns[at]?.id === cursor}
          >
            <FlexRender cell={cell} />
          </td>
        ))
      ) : (
        <td className={classes['wholeCell']} colSpan={columns.length}>
          {whole}
        </td>
      )}
    </tr>
  );
}

/**
 * A line of the grid: cells, what stands for a group, or one bar while it is being read. Presses are the grid's to hear. The
 * table makes its rows anew with every line of scrolling; drawn anew is only what shows something else.
 */
export const GridRow = memo(Line, ({ line: before, ...was }, { line: after, ...is }) => {
  const isSameSlot = before.original.row === after.original.row && before.original.index === after.original.index;
  return isSameSlot && (Object.keys(is) as (keyof typeof is)[]).every((name) => was[name] === is[name]);
}) as typeof Line;
