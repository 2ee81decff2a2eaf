import { type KeyboardEvent, useState } from 'react';
import type { GridProps } from './grid-props.ts';
import { moveIn } from './move.ts';

/** What keys do in a grid, and the column that they have moved to. */
export function useGridKeys<Row>(
  { columns, count, rowAt, active, onActive, onOpen, selection, groups, cellActions }: GridProps<Row>,
  openCellMenu: (column: string | null) => void,
) {
  const [chosen, setColumn] = useState<string | null>(null);
  const column = columns.find(({ id }) => id === chosen)?.id ?? null;

  /** Sideways: folds and unfolds groups, else moves between columns. */
  const aside = (by: 1 | -1): void => {
    const row = rowAt(active);
    const unfolded = row === undefined ? null : (groups?.isUnfolded(row) ?? null);
    if (unfolded !== null) groups?.fold(active, by === 1);
    else if (cellActions) {
      const at = columns.findIndex(({ id }) => id === column);
      setColumn(columns[Math.max(0, Math.min(columns.length - 1, at + by))]?.id ?? null);
    }
  };

  const onKeyDown = (event: KeyboardEvent): void => {
    const next = moveIn(event.key, active, count);
    if (next !== null) onActive(next);
    else if (event.key === 'ArrowRight' || event.key === 'ArrowLeft') aside(event.key === 'ArrowRight' ? 1 : -1);
    else if (event.key === 'ContextMenu' || (event.key === 'F10' && event.shiftKey)) openCellMenu(column);
    else if (event.key === 'Enter' && active >= 0) onOpen?.(active);
    else if (event.key === ' ' && active >= 0 && selection) {
      const row = rowAt(active);
      if (row !== undefined) selection.toggle(row, active, event.shiftKey);
    } else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return { column, onKeyDown };
}
