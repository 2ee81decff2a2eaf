import { Children, type ReactNode } from 'react';
import classes from './grid.module.css';
import type { GridColumn, GridGroups, GridSelection } from './grid-column.ts';
import type { Slot } from './slot.ts';

export function GridRow<Row>({
  id,
  slot,
  top,
  active,
  muted,
  columns,
  column,
  selection,
  groups,
  onPress,
  children,
}: {
  readonly id: string;
  readonly slot: Slot<Row>;
  readonly top: number;
  readonly active: boolean;
  readonly muted: boolean;
  readonly columns: readonly GridColumn<Row>[];
  /** The column that the cursor is in. */
  readonly column: string | null;
  readonly selection?: GridSelection<Row>;
  readonly groups?: GridGroups<Row>;
  readonly onPress: () => void;
  readonly children: ReactNode;
}) {
  const { row, index } = slot;
  const selected = row !== undefined && (selection?.isSelected(row) ?? false);
  const whole = row === undefined ? null : (groups?.whole(row) ?? null);
  const unfolded = row === undefined ? null : (groups?.isUnfolded(row) ?? null);
  return (
    <tr
      id={id}
      data-index={index}
      className={classes['row']}
      style={{ transform: `translateY(${top}px)` }}
      aria-rowindex={index + 2}
      aria-selected={selection ? selected : active}
      {...(row !== undefined && groups ? { 'aria-level': groups.levelOf(row) } : {})}
      {...(unfolded === null ? {} : { 'aria-expanded': unfolded })}
      data-active={active}
      data-whole={whole !== null}
      data-muted={muted}
      onClick={onPress}
    >
      {selection ? (
        <td className={classes['check']} onClick={(event) => event.stopPropagation()} onKeyDown={() => undefined}>
          {row === undefined ? null : (
            <input
              type="checkbox"
              tabIndex={-1}
              aria-label={`Select ${selection.nameOf(row)}`}
              checked={selected}
              onClick={(event) => selection.toggle(row, index, event.shiftKey)}
              onChange={() => undefined}
            />
          )}
        </td>
      ) : null}
      {whole === null ? (
        Children.map(children, (cell, at) => (
          <td
            className={classes['cell']}
            data-align={columns[at]?.align}
            data-column={columns[at]?.id}
            data-cursor={active && columns[at]?.id === column}
          >
            {row === undefined ? <span className={classes['waiting']} /> : cell}
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
