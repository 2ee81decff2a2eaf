import { useCallback, useRef, useState } from 'react';
import { alertIn, type QueueRow } from './queue-row.ts';
import {
  EVERYTHING,
  isGroupSelected,
  isSelected,
  NOTHING,
  type Selection,
  selectedCount,
  wholeGroup,
  withAlerts,
} from './selection.ts';

/** The queue's selection, with ranges from the last alert toggled. Forgotten when the filter changes. */
export function useSelection(lineAt: (index: number) => QueueRow | undefined, filterKey: string, total: number) {
  const [state, setState] = useState<{ readonly key: string; readonly selection: Selection }>({
    key: filterKey,
    selection: NOTHING,
  });
  const anchor = useRef(-1);
  const selection = state.key === filterKey ? state.selection : NOTHING;
  const set = useCallback((next: Selection) => setState({ key: filterKey, selection: next }), [filterKey]);

  const has = (row: QueueRow): boolean =>
    row.kind === 'alert'
      ? isSelected(selection, row.alert.id, row.within)
      : row.kind === 'group' && isGroupSelected(selection, row.within);

  const toggle = (index: number, range: boolean): void => {
    const row = lineAt(index);
    if (!row || row.kind === 'rest') return;
    if (row.kind === 'group') {
      anchor.current = -1;
      set(has(row) ? NOTHING : wholeGroup(row.within, row.group.alerts));
      return;
    }
    const other = range && anchor.current >= 0 ? anchor.current : index;
    const ids: string[] = [];
    for (let at = Math.min(other, index); at <= Math.max(other, index); at++) {
      const alert = alertIn(lineAt(at));
      if (alert) ids.push(alert.id);
    }
    anchor.current = index;
    // An alert outside the chosen group cannot be an exception to it: the choice begins anew.
    const base = selection.kind === 'matching' && selection.within.some((one) => !row.within.includes(one));
    set(withAlerts(base ? NOTHING : selection, ids, range ? true : !has(row)));
  };
  return {
    selection,
    has,
    count: selectedCount(selection, total),
    toggle,
    set,
    clear: () => set(NOTHING),
    everything: () => set(EVERYTHING),
  };
}
export type Picked = ReturnType<typeof useSelection>;
