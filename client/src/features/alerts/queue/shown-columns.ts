import type { Preferences } from '#client/stores/preferences.ts';
import type { QueueSearch } from '../queue-search.ts';
import type { QueueColumn } from './queue-columns.tsx';

/**
 * The columns somebody chose, in their order and widths; the usual ones until then. Beside an alert, the few that fit: not
 * the status where all have the same and no verdict yet.
 */
export function shownColumns(
  all: readonly QueueColumn[],
  chosen: Preferences['queueColumns'],
  beside: boolean,
  status: QueueSearch['status'],
): readonly QueueColumn[] {
  const list =
    chosen?.flatMap(({ id, width }) => {
      const column = all.find((known) => known.id === id);
      return column ? [width === null ? column : { ...column, width: `${width}px` }] : [];
    }) ?? all.filter(({ usual }) => usual);
  const isSame = status === 'open' || status === 'acknowledged';
  const few = list.filter(({ id, beside: fits }) => fits && !(isSame && id === 'status'));
  if (!beside || few.length === 0) return list.length > 0 ? list : all.filter(({ usual }) => usual);
  return few.map((column) => ({ ...column, width: BESIDE[column.id] ?? column.width }));
}

const BESIDE: Readonly<Record<string, string>> = {
  commandLine: 'minmax(170px, 5fr)',
  host: 'minmax(90px, 1.2fr)',
  lastSeen: '142px',
  status: '118px',
};
