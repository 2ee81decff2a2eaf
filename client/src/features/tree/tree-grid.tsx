import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, useEffect, useId, useMemo, useRef } from 'react';
import { usePreferences } from '#client/stores/preferences.ts';
import { bodyStyle } from '#client/ui/grid/body-style.ts';
import { useRange } from '#client/ui/grid/use-range.ts';
import type { Instant } from '#shared/base/time.ts';
import { hasEnded } from '#shared/tree/at-time.ts';
import { changedUser, type TreeIndex } from '#shared/tree/layout.ts';
import type { TreeRow, TreeSubject } from '#shared/tree/tree-row.ts';
import { FlyingRow } from './flying-row.tsx';
import classes from './tree.module.css';
import { treeMove } from './tree-keys.ts';
import { TreeRowView } from './tree-row-view.tsx';

const ROW_HEIGHTS = { compact: 24, comfortable: 28 } as const;
const COLUMNS = ['Process', 'User', 'PID', 'Start', 'Lifetime', 'Exit', 'Seen on'] as const;

/** The lineage as an indented grid that keys walk through; rows out of sight do not exist. */
export function TreeGrid({
  of,
  index,
  rows,
  time,
  focused,
  found,
  words,
  onFocus,
  onOpen,
}: {
  readonly of: TreeSubject;
  readonly index: TreeIndex;
  readonly rows: readonly TreeRow[];
  /** The time that the tree is shown as of; null for all of it. */
  readonly time: Instant | null;
  readonly focused: string | null;
  readonly found: readonly string[];
  readonly words: string;
  readonly onFocus: (id: string) => void;
  readonly onOpen: (id: string, open: boolean) => void;
}) {
  const at = Math.max(
    0,
    rows.findIndex(({ id }) => id === focused),
  );
  const isFound = useMemo(() => new Set(found), [found]);
  const scroller = useRef<HTMLDivElement>(null);
  const density = usePreferences((store) => store.density);
  const rowHeight = ROW_HEIGHTS[density];
  const id = useId();
  // oxlint-disable-next-line react/incompatible-library -- no compiler memoises here; rows are drawn by this component
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 12,
    scrollPaddingStart: rowHeight + 4,
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: another row height makes all positions wrong
  useEffect(() => virtualizer.measure(), [virtualizer, rowHeight]);
  useEffect(() => {
    if (rows.length > 0) virtualizer.scrollToIndex(at, { align: 'auto' });
  }, [virtualizer, at, rows.length]);
  const onKeyDown = (event: KeyboardEvent): void => {
    const move = treeMove(event.key, rows, at);
    if (!move) return;
    event.preventDefault();
    event.stopPropagation();
    if (move.kind === 'to') onFocus(rows[move.index]?.id ?? '');
    else onOpen(move.id, move.kind === 'open');
  };
  const items = virtualizer.getVirtualItems();
  const first = items[0]?.index ?? 0;
  const last = items.at(-1)?.index ?? 0;
  const { range, onRange } = useRange();
  useEffect(() => onRange(first, last), [onRange, first, last]);
  return (
    <div className={classes['scroller']} ref={scroller}>
      <table
        // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: a tree grid is the interactive kind of table
        role="treegrid"
        aria-label="Process tree"
        aria-rowcount={rows.length + 1}
        aria-activedescendant={items.some((item) => item.index === at) ? `${id}-${at}` : undefined}
        tabIndex={0}
        className={classes['grid']}
        style={{ '--row-height': `${rowHeight}px` } as React.CSSProperties}
        onKeyDown={onKeyDown}
      >
        <thead className={classes['head']}>
          <tr aria-rowindex={1}>
            {COLUMNS.map((column) => (
              <th key={column} scope="col">
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody className={classes['body']} style={bodyStyle(virtualizer.getTotalSize(), items[0]?.start ?? 0)}>
          {items.map((item) => {
            const row = rows[item.index];
            if (!row) return null;
            const place = { id: `${id}-${item.index}`, row, number: item.index, found: isFound.has(row.id) };
            if (item.index < range.first || item.index > range.last) {
              return <FlyingRow key={row.id} {...place} />;
            }
            const node = row.item.kind === 'process' ? row.item.node : null;
            return (
              <TreeRowView
                key={row.id}
                {...place}
                of={of}
                focused={item.index === at}
                ended={node !== null && time !== null && hasEnded(node, time)}
                userBefore={node === null ? null : changedUser(index, node)}
                words={words}
                onFocus={onFocus}
                onOpen={onOpen}
              />
            );
          })}
        </tbody>
      </table>
    </div>
  );
}
