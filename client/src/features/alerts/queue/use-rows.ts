import type { QueueSearch } from '../queue-search.ts';
import { alertRow, type QueueRow } from './queue-row.ts';
import { useGrouped } from './use-grouped.ts';
import { useQueue } from './use-queue.ts';

/** The lines of the queue, one by one or in groups, with what is known of the queue as a whole. */
export function useRows(search: QueueSearch) {
  const queue = useQueue(search);
  const grouped = useGrouped(search);
  const isGrouped = search.group.length > 0;
  const flatAt = (index: number): QueueRow | undefined => {
    const alert = queue.rowAt(index);
    return alert && alertRow(alert, []);
  };
  return {
    ...queue,
    isGrouped,
    /** Lines, groups among them. */
    count: isGrouped ? grouped.count : queue.total,
    loaded: queue.loaded && (!isGrouped || grouped.loaded),
    lineAt: isGrouped ? grouped.rowAt : flatAt,
    onRange: isGrouped ? grouped.onRange : queue.onRange,
  };
}
export type QueueRows = ReturnType<typeof useRows>;
