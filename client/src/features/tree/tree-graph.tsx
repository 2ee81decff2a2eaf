import { type KeyboardEvent, useEffect, useId, useMemo, useRef } from 'react';
import { visibleText } from '#client/format/hostile.ts';
import { IconHierarchy2 } from '#client/ui/icons.ts';
import { Empty } from '#client/ui/states.tsx';
import { type GraphLayout, type GraphNode, graphLayout, graphMove } from '#shared/tree/graph-layout.ts';
import { isRareEdge } from '#shared/tree/layout.ts';
import type { TreeRow } from '#shared/tree/tree-row.ts';
import { factsOf, titleOf } from '#shared/tree/tree-text.ts';
import classes from './tree-graph.module.css';

/** Beyond this many boxes a picture says nothing. */
export const MOST_BOXES = 400;

const BOX = { width: 210, height: 40, gapAcross: 10, gapDepth: 46 } as const;
const MARGIN = 12;
const LETTERS = 31;

const leftOf = ({ depth }: GraphNode): number => MARGIN + depth * (BOX.width + BOX.gapDepth);
const topOf = ({ across }: GraphNode): number => MARGIN + across * (BOX.height + BOX.gapAcross);

/** The rows in sight as boxes and lines; arrow keys walk along the lines. */
export function TreeGraph({
  rows,
  focused,
  onFocus,
  onToggle,
}: {
  readonly rows: readonly TreeRow[];
  readonly focused: string | null;
  readonly onFocus: (id: string) => void;
  readonly onToggle: (row: TreeRow) => void;
}) {
  const layout = useMemo(() => graphLayout(rows.length > MOST_BOXES ? [] : rows), [rows]);
  const scroller = useRef<HTMLDivElement>(null);
  const id = useId();
  const at = Math.max(
    0,
    layout.nodes.findIndex(({ row }) => row.id === focused),
  );
  // biome-ignore lint/correctness/useExhaustiveDependencies: another box, or the same at another place, is to be in sight
  useEffect(() => {
    scroller.current?.querySelector('[data-focused="true"]')?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [at, layout]);
  if (rows.length > MOST_BOXES) {
    return (
      <Empty title={`${rows.length} rows are too many for a graph`} icon={IconHierarchy2}>
        It draws up to {MOST_BOXES}. Collapse branches, or use the rows.
      </Empty>
    );
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    const row = layout.nodes[at]?.row;
    const next = graphMove(event.key, layout, at);
    const isToggle = (event.key === 'Enter' || event.key === ' ') && row?.expandable;
    if (next === null && !isToggle) return;
    event.preventDefault();
    event.stopPropagation();
    if (isToggle) onToggle(row);
    else if (next !== null) onFocus(layout.nodes[next]?.row.id ?? '');
  };
  return (
    <div className={classes['scroller']} ref={scroller}>
      <div
        role="tree"
        aria-label="Process graph"
        aria-activedescendant={layout.nodes.length > 0 ? `${id}-${at}` : undefined}
        tabIndex={0}
        className={classes['graph']}
        onKeyDown={onKeyDown}
      >
        <GraphPicture id={id} layout={layout} at={at} onFocus={onFocus} onToggle={onToggle} />
      </div>
    </div>
  );
}

function GraphPicture({
  id,
  layout,
  at,
  onFocus,
  onToggle,
}: {
  readonly id: string;
  readonly layout: GraphLayout;
  readonly at: number;
  readonly onFocus: (id: string) => void;
  readonly onToggle: (row: TreeRow) => void;
}) {
  const width = layout.depths * (BOX.width + BOX.gapDepth) - BOX.gapDepth + 2 * MARGIN;
  const height = layout.breadth * (BOX.height + BOX.gapAcross) + 2 * MARGIN;
  return (
    <svg width={width} height={height} role="presentation">
      {layout.nodes.map((node) => {
        const parent = node.parent === null ? undefined : layout.nodes[node.parent];
        if (!parent) return null;
        const rare = node.row.item.kind === 'process' && isRareEdge(node.row.item.node);
        return <path key={node.row.id} className={classes['edge']} data-rare={rare} d={edgeOf(parent, node)} />;
      })}
      {layout.nodes.map((node, index) => (
        <Box
          key={node.row.id}
          id={`${id}-${index}`}
          node={node}
          focused={index === at}
          onFocus={() => onFocus(node.row.id)}
          onToggle={() => onToggle(node.row)}
        />
      ))}
    </svg>
  );
}

function edgeOf(parent: GraphNode, child: GraphNode): string {
  const from = { x: leftOf(parent) + BOX.width, y: topOf(parent) + BOX.height / 2 };
  const to = { x: leftOf(child), y: topOf(child) + BOX.height / 2 };
  const middle = (from.x + to.x) / 2;
  return `M${from.x} ${from.y}C${middle} ${from.y} ${middle} ${to.y} ${to.x} ${to.y}`;
}

function Box({
  id,
  node,
  focused,
  onFocus,
  onToggle,
}: {
  readonly id: string;
  readonly node: GraphNode;
  readonly focused: boolean;
  readonly onFocus: () => void;
  readonly onToggle: () => void;
}) {
  const { row } = node;
  const { item } = row;
  const title = visibleText(titleOf(row));
  const process = item.kind === 'process' ? item.node : null;
  const name = process ? visibleText(process.name ?? title) : title;
  const more = process ? factsOf(row, 'alert').map(visibleText) : [];
  return (
    <g
      id={id}
      role="treeitem"
      aria-level={row.level}
      aria-selected={focused}
      {...(row.expandable ? { 'aria-expanded': row.expanded } : {})}
      aria-label={[title, ...more].join(', ')}
      data-focused={focused}
      data-subject={process?.subject ?? false}
      data-alert={(process?.alerts.length ?? 0) > 0}
      className={classes['box']}
      transform={`translate(${leftOf(node)} ${topOf(node)})`}
      onClick={onFocus}
      onDoubleClick={row.expandable ? onToggle : undefined}
    >
      <title>{title}</title>
      <rect width={BOX.width} height={BOX.height} rx={5} />
      <text x={9} y={16} className={classes['name']}>
        {cut(name, LETTERS - 6)}
        {row.expandable && !row.expanded ? ' …' : ''}
      </text>
      <text x={9} y={31} className={classes['command']}>
        {process ? cut(title, LETTERS) : ''}
      </text>
    </g>
  );
}

const cut = (text: string, letters: number): string => (text.length > letters ? `${text.slice(0, letters)}…` : text);
