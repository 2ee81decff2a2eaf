import { type KeyboardEvent, type RefObject, useEffect, useImperativeHandle, useRef, useState } from 'react';
import { IconChevronDown } from '../icons.ts';
import classes from './cell-tools.module.css';
import type { CellAction } from './grid-column.ts';

/** A cell by its row's number and its column, and where its right end is. */
interface Spot {
  readonly index: number;
  readonly column: string;
  readonly top: number;
  readonly right: number;
}

export interface CellToolsHandle {
  /** Opens the menu of a cell that is drawn. */
  readonly open: (index: number, column: string) => void;
}

const spotOf = (cell: HTMLElement): Spot | null => {
  const row = cell.closest('tr');
  const column = cell.dataset['column'];
  const index = Number(row?.dataset['index']);
  if (!row || column === undefined || Number.isNaN(index)) return null;
  return { index, column, top: row.offsetTop, right: cell.offsetLeft + cell.offsetWidth };
};

/**
 * What can be done with a cell: a button in the cell under the pointer, and its menu. One for the whole list, beside the
 * rows, so that neither costs a row anything.
 */
export function CellTools({
  body,
  actionsOf,
  handle,
  onDone,
}: {
  readonly body: RefObject<HTMLElement | null>;
  readonly actionsOf: (index: number, column: string) => readonly CellAction[];
  readonly handle: RefObject<CellToolsHandle | null>;
  readonly onDone: () => void;
}) {
  const [hovered, setHovered] = useState<Spot | null>(null);
  const [opened, setOpened] = useState<Spot | null>(null);
  const latest = useRef(actionsOf);
  useEffect(() => {
    latest.current = actionsOf;
  });
  useEffect(() => {
    const element = body.current;
    if (!element) return;
    const over = ({ target }: Event): void => {
      const cell = target instanceof Element ? target.closest<HTMLElement>('td[data-column]') : null;
      const spot = cell && spotOf(cell);
      if (spot) setHovered(latest.current(spot.index, spot.column).length > 0 ? spot : null);
    };
    const leave = (): void => setHovered(null);
    element.addEventListener('mouseover', over);
    element.addEventListener('mouseleave', leave);
    return () => {
      element.removeEventListener('mouseover', over);
      element.removeEventListener('mouseleave', leave);
    };
  }, [body]);
  useImperativeHandle(
    handle,
    () => ({
      open: (index, column) => {
        const cell = body.current?.querySelector<HTMLElement>(
          `tr[data-index="${index}"] td[data-column="${CSS.escape(column)}"]`,
        );
        const spot = cell ? spotOf(cell) : null;
        if (spot && latest.current(spot.index, spot.column).length > 0) setOpened(spot);
      },
    }),
    [body],
  );
  const shown = opened ?? hovered;
  if (!shown) return null;
  const close = (): void => {
    setOpened(null);
    onDone();
  };
  return (
    <div className={classes['spot']} style={{ top: shown.top, left: shown.right }}>
      <button
        type="button"
        tabIndex={-1}
        className={classes['trigger']}
        aria-label="What to do with this value"
        aria-haspopup="menu"
        aria-expanded={opened !== null}
        onClick={(event) => {
          event.stopPropagation();
          setOpened(opened ? null : shown);
        }}
      >
        <IconChevronDown size={13} />
      </button>
      {opened ? <Menu actions={actionsOf(opened.index, opened.column)} onClose={close} /> : null}
    </div>
  );
}

function Menu({ actions, onClose }: { readonly actions: readonly CellAction[]; readonly onClose: () => void }) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    box.current?.querySelector('button')?.focus();
    const outside = ({ target }: Event): void => {
      if (!(target instanceof Node && box.current?.parentElement?.contains(target))) onClose();
    };
    document.addEventListener('pointerdown', outside);
    return () => document.removeEventListener('pointerdown', outside);
  }, [onClose]);
  const onKeyDown = (event: KeyboardEvent): void => {
    const items = [...(box.current?.querySelectorAll('button') ?? [])];
    const at = items.findIndex((item) => item.matches(':focus'));
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    event.stopPropagation();
    if (event.key === 'Escape' || event.key === 'Tab') onClose();
    else if (step !== undefined) items[(at + step + items.length) % items.length]?.focus();
    else return;
    event.preventDefault();
  };
  return (
    <div ref={box} role="menu" tabIndex={-1} aria-label="This value" className={classes['menu']} onKeyDown={onKeyDown}>
      {actions.map((action) => (
        <button
          key={action.label}
          type="button"
          role="menuitem"
          onClick={(event) => {
            event.stopPropagation();
            onClose();
            action.run();
          }}
        >
          {action.label}
        </button>
      ))}
    </div>
  );
}
