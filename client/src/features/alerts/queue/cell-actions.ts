import { visibleText } from '#client/format/hostile.ts';
import type { CellAction } from '#client/ui/grid/grid-column.ts';
import type { Alert } from '#shared/alert/alert.ts';
import { writeCondition } from '#shared/api/alert-filter.ts';
import type { QueueSearch } from '../queue-search.ts';
import type { QueueColumn } from './queue-columns.tsx';

const MOST_SHOWN = 40;
const added = (list: readonly string[], item: string): string[] => [...new Set([...list, item])];

/** What can be done with one cell of the queue: only it, without it, how often it is there, copy. */
export function cellActions(
  column: QueueColumn,
  alert: Alert,
  search: QueueSearch,
  change: (part: Partial<QueueSearch>) => void,
  copy: (text: string) => void,
): readonly CellAction[] {
  const values = column.values?.(alert) ?? [];
  const { field } = column;
  const narrowing = (field === undefined ? [] : values.length === 0 ? [null] : values).flatMap(
    (value): CellAction[] => {
      if (field === undefined) return [];
      const condition = writeCondition({ field, value });
      const name = value === null ? `no ${column.header.toLowerCase()}` : visibleText(value).slice(0, MOST_SHOWN);
      return [
        { label: `Only ${name}`, run: () => change({ only: added(search.only, condition) }) },
        { label: `Without ${name}`, run: () => change({ not: added(search.not, condition) }) },
      ];
    },
  );
  const stack: readonly CellAction[] =
    field === undefined
      ? []
      : [
          {
            label: `Stack by ${column.header.toLowerCase()}, rarest first`,
            run: () => change({ group: [field], groupOrder: 'rarest', unfolded: [] }),
          },
        ];
  const copying = values.length === 0 ? [] : [{ label: 'Copy', run: () => copy(values.join('\n')) }];
  return [...narrowing, ...stack, ...copying];
}
