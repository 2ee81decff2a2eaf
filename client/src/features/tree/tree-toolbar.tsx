import type { ReactNode } from 'react';
import { Button } from '#client/ui/button.tsx';
import { Segmented } from '#client/ui/fields/segmented.tsx';
import { TextField } from '#client/ui/fields/text-field.tsx';
import { IconSearch } from '#client/ui/icons.ts';
import { Toolbar } from '#client/ui/page.tsx';
import { plural } from '#shared/base/counts.ts';
import type { ProcessTree } from '#shared/tree/process.ts';
import type { TreeRow, TreeSubject } from '#shared/tree/tree-row.ts';
import classes from './tree.module.css';
import { TreeExport } from './tree-export.tsx';

export type TreeShape = 'rows' | 'graph';

export function TreeToolbar({
  of,
  words,
  onWords,
  found,
  focused,
  onJump,
  rows,
  tree,
  shape,
  onShape,
  onExpand,
  onCollapse,
  more,
}: {
  readonly of: TreeSubject;
  readonly words: string;
  readonly onWords: (words: string) => void;
  readonly found: readonly string[];
  readonly focused: string | null;
  readonly onJump: (id: string | undefined) => void;
  readonly rows: readonly TreeRow[];
  readonly tree: ProcessTree;
  readonly shape: TreeShape;
  readonly onShape: (shape: TreeShape) => void;
  readonly onExpand: () => void;
  readonly onCollapse: () => void;
  readonly more: ReactNode;
}) {
  const alerts = tree.nodes.filter((node) => node.alerts.length > 0).map(({ id }) => id);
  const nextAlert = alerts[(alerts.indexOf(focused ?? '') + 1) % Math.max(1, alerts.length)];
  const next = found[(found.indexOf(focused ?? '') + 1) % Math.max(1, found.length)];
  return (
    <div className={classes['toolbar']}>
      <Toolbar label="Tree">
        <TextField
          bare
          type="search"
          label="Find a process"
          placeholder="Find a process"
          width={190}
          value={words}
          onChange={onWords}
          icon={<IconSearch size={14} />}
          onKeyDown={(event) => {
            if (event.key === 'Enter') onJump(next);
            if (event.key === 'Escape') onWords('');
          }}
        />
        {words === '' ? null : (
          <span className="dim">{plural(found.length, 'match', 'matches')}, Enter for the next</span>
        )}
        <Button onClick={() => onJump(tree.nodes.find(({ subject }) => subject)?.id)}>To the {of}</Button>
        {alerts.length > 1 ? <Button onClick={() => onJump(nextAlert)}>Next of {alerts.length} alerts</Button> : null}
        <Button onClick={onExpand}>Expand all</Button>
        <Button onClick={onCollapse}>Collapse</Button>
        <TreeExport of={of} rows={rows} tree={tree} />
        <Segmented
          label="Shape of the tree"
          value={shape}
          options={[
            { value: 'rows', label: 'Rows' },
            { value: 'graph', label: 'Graph' },
          ]}
          onChange={onShape}
        />
        {more}
      </Toolbar>
      <span className="dim">{plural(tree.nodes.length, 'process', 'processes')}</span>
    </div>
  );
}
