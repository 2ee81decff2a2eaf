import { useRef, useState } from 'react';
import type { GridHandle } from '#client/ui/grid/grid-props.ts';
import { useAlertActions } from '../changes/use-alert-actions.tsx';
import { useAlertChanges } from '../changes/use-alert-changes.ts';
import { usePrefetchAlerts } from '../detail/prefetch-alerts.ts';
import { filterOf, type QueueSearch } from '../queue-search.ts';
import { alertIn, pathOf } from './queue-row.ts';
import { selectionRequest } from './selection.ts';
import { toggled } from './toggled.ts';
import type { QueueRows } from './use-rows.ts';
import { useSelection } from './use-selection.ts';

/** Where one is in the queue, what is selected, and what can be done to it. */
export function useQueueWork(search: QueueSearch, rows: QueueRows, narrow: (change: Partial<QueueSearch>) => void) {
  const filter = filterOf(search);
  const prefetch = usePrefetchAlerts();
  const [kept, setCursor] = useState(-1);
  const picked = useSelection(rows.lineAt, JSON.stringify(filter), rows.total);
  const changes = useAlertChanges();
  const textBox = useRef<HTMLInputElement>(null);
  const grid = useRef<GridHandle>(null);

  /** Line of an alert; -1 where that is not known. */
  const placeOf = (alert: string): number =>
    rows.isGrouped ? -1 : (rows.firstBlock?.findIndex(({ id }) => id === alert) ?? -1);
  const openIndex = search.open ? placeOf(search.open) : -1;
  // The cursor is on the alert that is open, once its row is known; where that row goes, it stays.
  if (openIndex >= 0 && openIndex !== kept) setCursor(openIndex);
  const cursor = openIndex >= 0 ? openIndex : Math.min(kept, rows.count - 1);

  /** Another alert in the detail: the tab stays, what was being made of the last one does not. */
  const besides = (id: string | undefined): Partial<QueueSearch> =>
    id === search.open ? {} : { open: id, step: undefined, tab: search.tab === 'exceptions' ? 'why' : search.tab };
  const open = (index: number): void => {
    const row = rows.lineAt(index);
    if (row?.kind === 'alert') {
      // Asked for before anything is drawn: the answer comes while the page is.
      prefetch([row.alert.id]);
      // Where the cursor follows what is open, the page is drawn once and not twice.
      if (placeOf(row.alert.id) < 0) setCursor(index);
      narrow(besides(row.alert.id));
      return;
    }
    setCursor(index);
    if (row?.kind === 'group') narrow({ unfolded: toggled(search.unfolded, pathOf(row.within)) });
  };
  /** To another line: beside the queue an alert follows the cursor, a group does not unfold by it. */
  const moveTo = (index: number): void => {
    if (search.open && rows.lineAt(index)?.kind === 'alert') open(index);
    else setCursor(index);
  };
  const move = (by: number): void => {
    if (rows.count > 0) moveTo(Math.max(0, Math.min(rows.count - 1, cursor + by)));
  };
  const close = (): void => narrow({ open: undefined, tab: 'why', step: undefined });

  const chosen = selectionRequest(picked.selection, filter);
  const current = alertIn(rows.lineAt(cursor));
  const one = search.open ?? current?.id;
  const target = chosen ?? (one === undefined ? null : { ids: [one] });
  /** After a change that takes the open alert out of the list, the next one takes its place. */
  const advance = (leaves: boolean): void => {
    picked.clear();
    if (chosen || !leaves || !search.open) return;
    const next = alertIn(rows.lineAt(cursor + 1)) ?? alertIn(rows.lineAt(cursor - 1));
    narrow(besides(next?.id));
  };
  const { dialogs, ...actions } = useAlertActions({
    target,
    apply: (change, ended) => {
      if (!target) return;
      const leaves = change.status !== undefined && search.status !== 'all' && change.status !== search.status;
      changes.apply(target, change, (taken) => {
        if (taken) advance(leaves);
        ended?.(taken);
      });
    },
    move,
    toggle: (range) => cursor >= 0 && picked.toggle(cursor, range),
    open: () => cursor >= 0 && open(cursor),
    escape: () => (chosen ? picked.clear() : close()),
    focusFilter: () => textBox.current?.focus(),
    cellMenu: () => grid.current?.openCellMenu(),
  });
  return {
    textBox,
    grid,
    picked,
    chosen,
    current,
    cursor,
    /** Those that `]` and `[` lead to. */
    neighbours: [1, -1].flatMap((by) => alertIn(rows.lineAt(cursor + by))?.id ?? []),
    busy: changes.busy,
    actions,
    dialogs,
    open,
    moveTo,
    move,
    close,
    prefetch,
  };
}
