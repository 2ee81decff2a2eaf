import type { TreeRow } from './tree-row.ts';

/** A row of the tree as a box of the graph, its middle in units of boxes: `depth` to the right, `across` downwards. */
export interface GraphNode {
  readonly row: TreeRow;
  readonly depth: number;
  readonly across: number;
  /** Index of the parent among the nodes; null for roots. */
  readonly parent: number | null;
}

export interface GraphLayout {
  readonly nodes: readonly GraphNode[];
  /** Boxes side by side. */
  readonly depths: number;
  readonly breadth: number;
}

/**
 * A tidy picture of the rows in sight: a leaf takes the next free place, a parent stands at the middle of its children, so
 * that no two boxes of one depth meet and no lines cross. The rows come depth first, as `layoutTree` gives them.
 */
export function graphLayout(rows: readonly TreeRow[]): GraphLayout {
  const indexOf = new Map(rows.map(({ id }, at) => [id, at]));
  const parents = rows.map(({ parent }) => (parent === null ? null : (indexOf.get(parent) ?? null)));
  const across = new Array<number>(rows.length).fill(0);
  const span = new Map<number, { first: number; last: number }>();
  let free = 0;
  // From the last row on, children come before their parents, and leaves from the last to the first.
  for (let at = rows.length - 1; at >= 0; at--) {
    const children = span.get(at);
    const place = children ? (children.first + children.last) / 2 : free++;
    across[at] = place;
    const parent = parents[at] ?? null;
    if (parent === null) continue;
    const known = span.get(parent);
    span.set(parent, { first: place, last: known?.last ?? place });
  }
  return {
    nodes: rows.map((row, at) => ({
      row,
      depth: row.level - 1,
      across: free - 1 - (across[at] ?? 0),
      parent: parents[at] ?? null,
    })),
    depths: rows.reduce((most, { level }) => Math.max(most, level), 0),
    breadth: free,
  };
}

/** Where an arrow key leads in the graph; null where nothing is there. */
export function graphMove(key: string, { nodes }: GraphLayout, at: number): number | null {
  const from = nodes[at];
  if (!from) return null;
  switch (key) {
    case 'ArrowLeft':
      return from.parent;
    case 'ArrowRight':
      return found(nodes.findIndex(({ parent }) => parent === at));
    case 'ArrowDown':
    case 'ArrowUp':
      return besides(nodes, from, key === 'ArrowDown' ? 1 : -1);
    case 'Home':
      return 0;
    case 'End':
      return nodes.length - 1;
    default:
      return null;
  }
}

const found = (index: number): number | null => (index === -1 ? null : index);

/** The nearest box of the same depth above or below. */
function besides(nodes: readonly GraphNode[], from: GraphNode, direction: 1 | -1): number | null {
  const ahead = nodes
    .map((node, index) => ({ index, distance: (node.across - from.across) * direction, depth: node.depth }))
    .filter(({ distance, depth }) => depth === from.depth && distance > 0)
    .sort((left, right) => left.distance - right.distance);
  return ahead[0]?.index ?? null;
}
