import { Children, type ReactNode } from 'react';
import classes from './grid.module.css';
import type { GridColumn, GridSelection } from './grid-column.ts';
import type { Slot } from './slot.ts';

export function GridRow<Row>({
  id,
  slot,
  top,
  active,
  muted,
  columns,
  selection,
  onPress,
  children,
}: {
  readonly id: string;
  readonly slot: Slot<Row>;
  readonly top: number;
  readonly active: boolean;
  readonly muted: boolean;
  readonly columns: readonly GridColumn<Row>[];
  readonly selection?: GridSelection<Row>;
  readonly onPress: () => void;
  readonly children: ReactNode;
}) {
  const { row, index } = slot;
  const selected = row !== undefined && (selection?.isSelected(row) ?? false);
  return (
    <tr
      id={id}
      className={classes['row']}
      style={{ transform: `translateY(${top}px)` }}
      aria-rowindex={index + 2}
      aria-selected={selection ? selected : active}
      data-active={active}
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
      {Children.map(children, (cell, at) => (
        <td className={classes['cell']} data-align={columns[at]?.align}>
          {row === undefined ? <span className={classes['waiting']} /> : cell}
        </td>
      ))}
    </tr>
  );
}
