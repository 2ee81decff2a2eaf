import { type ReactNode, useMemo, useState } from 'react';
import type { Instant } from '#shared/base/time.ts';
import { spanOf, treeAt } from '#shared/tree/at-time.ts';
import { allOpen, findNodes, indexTree, layoutTree, openAtFirst, waysTo } from '#shared/tree/layout.ts';
import type { ProcessTree } from '#shared/tree/process.ts';
import type { TreeSubject } from '#shared/tree/tree-row.ts';
import { ProcessDetail } from './process-detail.tsx';
import { TimeScrubber } from './time-scrubber.tsx';
import classes from './tree.module.css';
import { TreeGraph } from './tree-graph.tsx';
import { TreeGrid } from './tree-grid.tsx';
import { type TreeShape, TreeToolbar } from './tree-toolbar.tsx';

/** The lineage as indented rows or as a graph, searched, opened and moved through time. */
export function TreeView({
  of,
  tree,
  more,
}: {
  readonly of: TreeSubject;
  readonly tree: ProcessTree;
  readonly more: ReactNode;
}) {
  const [time, setTime] = useState<Instant | null>(null);
  const [shape, setShape] = useState<TreeShape>('rows');
  const [words, setWords] = useState('');
  const span = useMemo(() => spanOf(tree), [tree]);
  const seen = useMemo(() => (time === null ? tree : treeAt(tree, time)), [tree, time]);
  const index = useMemo(() => indexTree(seen), [seen]);
  const [opened, setOpened] = useState<ReadonlySet<string>>(() => openAtFirst(index));
  const found = useMemo(() => findNodes(index, words), [index, words]);
  const shown = useMemo(() => new Set([...opened, ...waysTo(found, index)]), [opened, found, index]);
  const rows = useMemo(() => layoutTree(index, (id) => shown.has(id)), [index, shown]);
  const [focused, setFocused] = useState<string | null>(() => tree.nodes.find(({ subject }) => subject)?.id ?? null);
  const current = rows.find(({ id }) => id === focused) ?? rows[0];

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
        tree={seen}
        shape={shape}
        onShape={setShape}
        onExpand={() => setOpened(allOpen(index))}
        onCollapse={() => {
          setWords('');
          setOpened(openAtFirst(index));
        }}
        more={more}
      />
      {span ? <TimeScrubber span={span} at={time} shown={seen.nodes.length} onMove={setTime} /> : null}
      {shape === 'graph' ? (
        <TreeGraph
          rows={rows}
          focused={current?.id ?? null}
          onFocus={setFocused}
          onToggle={(row) => setOpen(row.id, !row.expanded)}
        />
      ) : (
        <TreeGrid
          of={of}
          index={index}
          rows={rows}
          time={time}
          focused={current?.id ?? null}
          found={found}
          words={words}
          onFocus={setFocused}
          onOpen={setOpen}
        />
      )}
      {current?.item.kind === 'process' ? <ProcessDetail node={current.item.node} index={index} onJump={jump} /> : null}
    </div>
  );
}
