import type { ReactNode } from 'react';
import { plural } from '#client/format/number.ts';
import { Button } from '#client/ui/button.tsx';
import { CopyButton } from '#client/ui/copy-button.tsx';
import { TextField } from '#client/ui/fields.tsx';
import { IconSearch } from '#client/ui/icons.ts';
import { Toolbar } from '#client/ui/page.tsx';
import type { ProcessTree } from '#shared/tree/process.ts';
import type { TreeRow, TreeSubject } from '#shared/tree/tree-row.ts';
import { treeAsText } from '#shared/tree/tree-text.ts';
import classes from './tree.module.css';

export function TreeToolbar({
  of,
  words,
  onWords,
  found,
  focused,
  onJump,
  rows,
  tree,
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
  readonly onExpand: () => void;
  readonly onCollapse: () => void;
  readonly more: ReactNode;
}) {
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
        <Button onClick={onExpand}>Expand all</Button>
        <Button onClick={onCollapse}>Collapse</Button>
        <CopyButton withWords label="Copy as text" text={() => treeAsText(rows, of)} />
        {more}
      </Toolbar>
      <span className="dim">{plural(tree.nodes.length, 'process', 'processes')}</span>
    </div>
  );
}
