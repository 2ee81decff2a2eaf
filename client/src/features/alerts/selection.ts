import type { AlertFilter } from '#shared/api/alerts.ts';

/** Alerts chosen for a bulk change: some by name, or all that the filter meets but for some. */
export type Selection =
  | { readonly kind: 'some'; readonly ids: ReadonlySet<string> }
  | { readonly kind: 'matching'; readonly except: ReadonlySet<string> };

export const NOTHING: Selection = { kind: 'some', ids: new Set() };
export const EVERYTHING: Selection = { kind: 'matching', except: new Set() };

export const isSelected = (selection: Selection, id: string): boolean =>
  selection.kind === 'some' ? selection.ids.has(id) : !selection.except.has(id);

/** How many alerts a change would touch, of `total` that the filter meets. */
export const selectedCount = (selection: Selection, total: number): number =>
  selection.kind === 'some' ? selection.ids.size : Math.max(0, total - selection.except.size);

/** The selection with these alerts all in or all out. */
export function withAlerts(selection: Selection, ids: readonly string[], chosen: boolean): Selection {
  const members = new Set(selection.kind === 'some' ? selection.ids : selection.except);
  const listed = selection.kind === 'some' ? chosen : !chosen;
  for (const id of ids) {
    if (listed) members.add(id);
    else members.delete(id);
  }
  return selection.kind === 'some' ? { kind: 'some', ids: members } : { kind: 'matching', except: members };
}

/** The selection as the server takes it; null where nothing is chosen. */
export function selectionRequest(selection: Selection, filter: AlertFilter) {
  if (selection.kind === 'matching') return { filter, except: [...selection.except] };
  return selection.ids.size === 0 ? null : { ids: [...selection.ids] };
}
