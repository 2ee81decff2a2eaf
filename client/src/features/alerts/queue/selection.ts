import type { AlertFilter } from '#shared/api/alert-filter.ts';

/** All that a filter meets, or of those one group, but for some. */
interface Matching {
  readonly kind: 'matching';
  readonly except: ReadonlySet<string>;
  /** Conditions of the group; none for everything. */
  readonly within: readonly string[];
  /** How many alerts the group has; null for everything. */
  readonly size: number | null;
}

/** Alerts chosen for a bulk change: some by name, or as the server finds them. */
export type Selection = { readonly kind: 'some'; readonly ids: ReadonlySet<string> } | Matching;

export const NOTHING: Selection = { kind: 'some', ids: new Set() };
export const EVERYTHING: Selection = { kind: 'matching', except: new Set(), within: [], size: null };

export const wholeGroup = (within: readonly string[], size: number): Selection => ({
  kind: 'matching',
  except: new Set(),
  within,
  size,
});

/** @param within conditions of the groups that the alert is shown in */
export const isSelected = (selection: Selection, id: string, within: readonly string[] = []): boolean =>
  selection.kind === 'some' ? selection.ids.has(id) : isWithin(selection, within) && !selection.except.has(id);

/** Whether all of a group is chosen, but perhaps for some. */
export const isGroupSelected = (selection: Selection, path: readonly string[]): boolean =>
  selection.kind === 'matching' && isWithin(selection, path);

const isWithin = ({ within }: Matching, path: readonly string[]): boolean =>
  within.every((condition) => path.includes(condition));

/** How many alerts a change would touch, of `total` that the filter meets. */
export const selectedCount = (selection: Selection, total: number): number =>
  selection.kind === 'some' ? selection.ids.size : Math.max(0, (selection.size ?? total) - selection.except.size);

/** The selection with these alerts all in or all out. */
export function withAlerts(selection: Selection, ids: readonly string[], chosen: boolean): Selection {
  const members = new Set(selection.kind === 'some' ? selection.ids : selection.except);
  const listed = selection.kind === 'some' ? chosen : !chosen;
  for (const id of ids) {
    if (listed) members.add(id);
    else members.delete(id);
  }
  return selection.kind === 'some' ? { kind: 'some', ids: members } : { ...selection, except: members };
}

/** The selection as the server takes it; null where nothing is chosen. */
export function selectionRequest(selection: Selection, filter: AlertFilter) {
  if (selection.kind === 'matching') {
    const only = [...(filter.only ?? []), ...selection.within];
    return { filter: { ...filter, ...(only.length > 0 ? { only } : {}) }, except: [...selection.except] };
  }
  return selection.ids.size === 0 ? null : { ids: [...selection.ids] };
}
