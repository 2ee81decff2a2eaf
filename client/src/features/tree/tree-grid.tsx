import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, type ReactNode, useEffect, useId, useMemo, useRef, useState } from 'react';
import { usePreferences } from '#client/stores/preferences.ts';
import { findNodes, indexTree, layoutTree, openAtFirst, waysTo } from '#shared/tree/layout.ts';
import type { ProcessTree } from '#shared/tree/process.ts';
import type { TreeSubject } from '#shared/tree/tree-row.ts';
import { ProcessDetail } from './process-detail.tsx';
import classes from './tree.module.css';
import { treeMove } from './tree-keys.ts';
import { TreeRowView } from './tree-row-view.tsx';
import { TreeToolbar } from './tree-toolbar.tsx';

const ROW_HEIGHTS = { compact: 24, comfortable: 28 } as const;
const COLUMNS = ['Process', 'User', 'PID', 'Start', 'Lifetime', 'Exit', 'Seen on'] as const;

/** The lineage as an indented grid that keys walk through; rows out of sight do not exist. */
export function TreeGrid({
  of,
  tree,
  more,
}: {
  readonly of: TreeSubject;
  readonly tree: ProcessTree;
  readonly more: ReactNode;
}) {
  const index = useMemo(() => indexTree(tree), [tree]);
  const [opened, setOpened] = useState<ReadonlySet<string>>(() => openAtFirst(index));
  const [words, setWords] = useState('');
  const found = useMemo(() => findNodes(index, words), [index, words]);
  const shown = useMemo(() => new Set([...opened, ...waysTo(found, index)]), [opened, found, index]);
  const rows = useMemo(() => layoutTree(index, (id) => shown.has(id)), [index, shown]);
  const [focused, setFocused] = useState<string | null>(() => tree.nodes.find(({ subject }) => subject)?.id ?? null);
  const at = Math.max(
    0,
    rows.findIndex(({ id }) => id === focused),
  );
  const scroller = useRef<HTMLDivElement>(null);
  const density = usePreferences((store) => store.density);
  const rowHeight = ROW_HEIGHTS[density];
  const id = useId();
  // oxlint-disable-next-line react/incompatible-library -- no compiler memoises here; rows are drawn by this component
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 15,
    scrollPaddingStart: rowHeight + 4,
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: another row height makes all positions wrong
  useEffect(() => virtualizer.measure(), [virtualizer, rowHeight]);
  useEffect(() => {
    if (rows.length > 0) virtualizer.scrollToIndex(at, { align: 'auto' });
  }, [virtualizer, at, rows.length]);

  const setOpen = (branch: string, open: boolean): void => {
    const next = new Set(shown);
    if (open) next.add(branch);
    else next.delete(branch);
    setOpened(next);
    if (!open) setWords('');
  };
  const jump = (target: string | undefined): void => {
    if (target === undefined) return;
    setOpened(new Set([...shown, ...waysTo([target], index)]));
    setFocused(target);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const move = treeMove(event.key, rows, at);
    if (!move) return;
    event.preventDefault();
    event.stopPropagation();
    if (move.kind === 'to') setFocused(rows[move.index]?.id ?? null);
    else setOpen(move.id, move.kind === 'open');
  };
  const everyBranch = (): ReadonlySet<string> => {
    let open: ReadonlySet<string> = new Set(index.nodes.keys());
    const folds = layoutTree(index, (branch) => open.has(branch)).filter(({ item }) => item.kind === 'fold');
    open = new Set([...open, ...folds.map((fold) => fold.id)]);
    return open;
  };

  const items = virtualizer.getVirtualItems();
  const current = rows[at];
  return (
    <div className={classes['panel']}>
      <TreeToolbar
        of={of}
        words={words}
        onWords={setWords}
        found={found}
        focused={focused}
        onJump={jump}
        rows={rows}
        tree={tree}
        onExpand={() => setOpened(everyBranch())}
        onCollapse={() => {
          setWords('');
          setOpened(openAtFirst(index));
        }}
        more={more}
      />
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
          <tbody className={classes['body']} style={{ height: virtualizer.getTotalSize() }}>
            {items.map((item) => {
              const row = rows[item.index];
              return row ? (
                <TreeRowView
                  key={row.id}
                  of={of}
                  id={`${id}-${item.index}`}
                  row={row}
                  number={item.index}
                  top={item.start}
                  focused={row.id === current?.id}
                  found={found.includes(row.id)}
                  words={words}
                  onFocus={() => setFocused(row.id)}
                  onToggle={() => setOpen(row.id, !row.expanded)}
                />
              ) : null;
            })}
          </tbody>
        </table>
      </div>
      {current?.item.kind === 'process' ? <ProcessDetail node={current.item.node} index={index} onJump={jump} /> : null}
    </div>
  );
}
