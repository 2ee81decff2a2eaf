import { memo } from 'react';
import { visibleText } from '#client/format/hostile.ts';
import { between, formatSpan } from '#client/format/time.ts';
import { prevalenceWords } from '#client/format/words.ts';
import { IconChevronDown, IconChevronRight } from '#client/ui/icons.ts';
import { Tag } from '#client/ui/marks.tsx';
import { Absent, Hostile } from '#client/ui/text.tsx';
import { TimeText } from '#client/ui/time-text.tsx';
import { plural } from '#shared/base/counts.ts';
import { isRare } from '#shared/rarity/rare.ts';
import type { ProcessNode } from '#shared/tree/process.ts';
import type { TreeRow, TreeSubject } from '#shared/tree/tree-row.ts';
import { NOT_IN_DATA, processTitle } from '#shared/tree/tree-text.ts';
import { rowGlyphs, rowMarks } from './row-look.ts';
import classes from './tree.module.css';

/** A row of the grid: drawn anew when it shows something else, not at every line of scrolling. */
export const TreeRowView = memo(function TreeRowView({
  of,
  id,
  row,
  number,
  focused,
  found,
  ended,
  userBefore,
  words,
  onFocus,
  onOpen,
}: {
  readonly of: TreeSubject;
  readonly id: string;
  readonly row: TreeRow;
  readonly number: number;
  readonly focused: boolean;
  readonly found: boolean;
  /** By the time that the tree is shown as of. */
  readonly ended: boolean;
  /** The parent's user, where it is another one. */
  readonly userBefore: string | null;
  readonly words: string;
  readonly onFocus: (id: string) => void;
  readonly onOpen: (id: string, open: boolean) => void;
}) {
  const toggle = (): void => onOpen(row.id, !row.expanded);
  const node = row.item.kind === 'process' ? row.item.node : null;
  return (
    <tr
      id={id}
      className={classes['row']}
      aria-rowindex={number + 2}
      aria-level={row.level}
      aria-posinset={row.position}
      aria-setsize={row.siblings}
      {...(row.expandable ? { 'aria-expanded': row.expanded } : {})}
      aria-selected={focused}
      {...rowMarks(row, found)}
      data-ended={ended}
      onClick={() => onFocus(row.id)}
      onDoubleClick={row.expandable ? toggle : undefined}
    >
      <td className={classes['process']}>
        <span className={classes['glyphs']} aria-hidden="true">
          {rowGlyphs(row)}
        </span>
        {row.expandable ? (
          <button
            type="button"
            tabIndex={-1}
            className={classes['toggle']}
            aria-label={row.expanded ? 'Fold' : 'Unfold'}
            onClick={(event) => {
              event.stopPropagation();
              toggle();
            }}
          >
            {row.expanded ? <IconChevronDown size={13} /> : <IconChevronRight size={13} />}
          </button>
        ) : (
          <span className={classes['noToggle']} />
        )}
        {node ? <ProcessName of={of} node={node} userBefore={userBefore} words={words} /> : <FoldName row={row} />}
      </td>
      {node ? <ProcessCells node={node} /> : <FoldCells row={row} />}
    </tr>
  );
});

function ProcessName({
  of,
  node,
  userBefore,
  words,
}: {
  readonly of: TreeSubject;
  readonly node: ProcessNode;
  readonly userBefore: string | null;
  readonly words: string;
}) {
  const title = processTitle(node);
  return (
    <>
      {node.subject ? <Tag {...(of === 'alert' && { tone: 'critical' as const })}>{of}</Tag> : null}
      {(of === 'event' || !node.subject) && node.alerts.length > 0 ? (
        <Tag tone="high" title={node.alerts.map(({ ruleName }) => ruleName).join(', ')}>
          {plural(node.alerts.length, 'alert')}
        </Tag>
      ) : null}
      {node.name ? (
        <b className={classes['name']}>
          <Hostile text={node.name} mark={words} />
        </b>
      ) : null}
      <code className={classes['command']} title={visibleText(title)}>
        <Hostile text={title} mark={words} />
      </code>
      {node.placeholder && title !== NOT_IN_DATA ? (
        <Tag title="Known only from what its child said about it">parent not in data</Tag>
      ) : null}
      {userBefore === null ? null : (
        <Tag tone="medium" title={visibleText(`The parent runs as ${userBefore}`)}>
          user changed
        </Tag>
      )}
      {node.forkOnly ? <Tag>fork</Tag> : null}
      {node.images.length > 1 ? <Tag title="It ran other images before">exec ×{node.images.length}</Tag> : null}
      {node.hiddenChildren > 0 ? (
        <Tag tone="medium">{plural(node.hiddenChildren, 'child', 'children')} not loaded</Tag>
      ) : null}
    </>
  );
}

function FoldName({ row }: { readonly row: TreeRow }) {
  if (row.item.kind !== 'fold') return null;
  return (
    <>
      <code className={classes['command']} title={visibleText(row.item.shape)}>
        <Hostile text={row.item.shape} />
      </code>
      <Tag tone="accent">×{row.item.nodes.length}</Tag>
    </>
  );
}

function ProcessCells({ node }: { readonly node: ProcessNode }) {
  const life = between(node.start, node.end);
  return (
    <>
      <td>{node.user === null ? <Absent words="no user" /> : <Hostile text={node.user} />}</td>
      <td className="num">{node.pid ?? <Absent words="no pid" />}</td>
      <td>
        <TimeText iso={node.start} />
      </td>
      <td className="num">{life === null ? <Absent words="no end seen" /> : formatSpan(life)}</td>
      <td className="num" data-bad={node.exitCode !== null && node.exitCode !== 0}>
        {node.exitCode ?? <Absent words="no exit code" />}
      </td>
      <SeenOn prevalence={node.prevalence} />
    </>
  );
}

const SeenOn = ({ prevalence }: Pick<ProcessNode, 'prevalence'>) => (
  <td data-rare={prevalence !== null && isRare(prevalence.hosts, prevalence.ofHosts)}>
    {prevalence ? prevalenceWords(prevalence.hosts, prevalence.ofHosts) : <Absent words="not counted" />}
  </td>
);

function FoldCells({ row }: { readonly row: TreeRow }) {
  if (row.item.kind !== 'fold') return null;
  const { nodes } = row.item;
  const starts = nodes.flatMap(({ start }) => start ?? []).sort();
  return (
    <>
      <td>{[...new Set(nodes.map(({ user }) => user ?? '–'))].slice(0, 3).map(visibleText).join(', ')}</td>
      <td />
      <td>
        <TimeText iso={starts[0] ?? null} />
      </td>
      <td className="num">{formatSpan(between(starts[0] ?? null, starts.at(-1) ?? null) ?? 0)} apart</td>
      <td />
      <SeenOn prevalence={nodes[0]?.prevalence ?? null} />
    </>
  );
}
