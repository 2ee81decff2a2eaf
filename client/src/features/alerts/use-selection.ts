import { useCallback, useRef, useState } from 'react';
import type { Alert } from '#shared/alert/alert.ts';
import { EVERYTHING, isSelected, NOTHING, type Selection, withAlerts } from './selection.ts';

/** The queue's selection, with ranges from the last alert toggled. Forgotten when the filter changes. */
export function useSelection(rowAt: (index: number) => Alert | undefined, filterKey: string) {
  const [state, setState] = useState<{ readonly key: string; readonly selection: Selection }>({
    key: filterKey,
    selection: NOTHING,
  });
  const anchor = useRef(-1);
  const selection = state.key === filterKey ? state.selection : NOTHING;
  const set = useCallback((next: Selection) => setState({ key: filterKey, selection: next }), [filterKey]);

  const toggle = (index: number, range: boolean): void => {
    const row = rowAt(index);
    if (!row) return;
    const chosen = !isSelected(selection, row.id);
    const from = range && anchor.current >= 0 ? Math.min(anchor.current, index) : index;
    const to = range && anchor.current >= 0 ? Math.max(anchor.current, index) : index;
    const ids: string[] = [];
    for (let at = from; at <= to; at++) {
      const alert = rowAt(at);
      if (alert) ids.push(alert.id);
    }
    anchor.current = index;
    set(withAlerts(selection, ids, range ? true : chosen));
  };
  return { selection, toggle, set, clear: () => set(NOTHING), everything: () => set(EVERYTHING) };
}
