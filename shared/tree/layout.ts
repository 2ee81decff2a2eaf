import { isRare } from '../rarity/rare.ts';
import type { ProcessNode, ProcessTree } from './process.ts';
import type { TreeItem, TreeRow } from './tree-row.ts';

/** From this many alike siblings on, they are folded. */
const FOLD_FROM = 3;
/** Where a parent starts a child on few hosts only, each stands alone, unless there are as many as this under one parent. */
const FOLD_RARE_FROM = 20;

/** Children by parent and every node by id, built once per tree. */
export interface TreeIndex {
  readonly nodes: ReadonlyMap<string, ProcessNode>;
  readonly children: ReadonlyMap<string, readonly ProcessNode[]>;
  readonly roots: readonly ProcessNode[];
  /** Nodes that are, or lead to, a subject or an alert: never folded. */
  readonly marked: ReadonlySet<string>;
  /** What stands below a node, alike children folded; worked out once each. */
  readonly below: (id: string) => readonly TreeItem[];
}

export function indexTree(tree: ProcessTree): TreeIndex {
  const nodes = new Map(tree.nodes.map((node) => [node.id, node]));
  const children = new Map<string, ProcessNode[]>();
  for (const node of tree.nodes) {
    if (node.parent === null || !nodes.has(node.parent)) continue;
    const siblings = children.get(node.parent);
    if (siblings) siblings.push(node);
    else children.set(node.parent, [node]);
  }
  const marked = new Set<string>();
  for (const node of tree.nodes) {
    if (!node.subject && node.alerts.length === 0) continue;
    for (let at: ProcessNode | undefined = node; at && !marked.has(at.id); at = nodes.get(at.parent ?? '')) {
      marked.add(at.id);
    }
  }
  const folded = new Map<string, readonly TreeItem[]>();
  const index: TreeIndex = {
    nodes,
    children,
    roots: tree.roots.flatMap((id) => nodes.get(id) ?? []),
    marked,
    below(id) {
      const known = folded.get(id) ?? foldSiblings(children.get(id) ?? [], index);
      folded.set(id, known);
      return known;
    },
  };
  return index;
}

/** Siblings in order of start, runs of the same shape and of bare forks folded into one item each. */
export function foldSiblings(siblings: readonly ProcessNode[], index: TreeIndex): readonly TreeItem[] {
  const groups = new Map<string, ProcessNode[]>();
  for (const node of siblings) {
    const shape = index.marked.has(node.id) ? `one ${node.id}` : shapeOf(node);
    const group = groups.get(shape);
    if (group) group.push(node);
    else groups.set(shape, [node]);
  }
  return [...groups.values()].flatMap((group): readonly TreeItem[] => {
    const [first] = group;
    if (!first || group.length < (isRareEdge(first) ? FOLD_RARE_FROM : FOLD_FROM))
      return group.map((node) => ({ kind: 'process', node }));
    return [{ kind: 'fold', id: `fold ${first.id}`, shape: shapeWords(first), nodes: group }];
  });
}

/** Whether few hosts have this parent starting this child. */
export const isRareEdge = ({ prevalence }: ProcessNode): boolean =>
  prevalence !== null && isRare(prevalence.hosts, prevalence.ofHosts);

const shapeOf = (node: ProcessNode): string =>
  node.forkOnly ? 'fork' : `${node.name ?? ''}\n${node.commandShape ?? node.commandLine ?? ''}`;

const shapeWords = (node: ProcessNode): string =>
  node.forkOnly
    ? 'forks without an image of their own'
    : (node.commandShape ?? node.commandLine ?? node.name ?? 'process');

/** The rows to draw, with closed branches and folds left closed. */
export function layoutTree(index: TreeIndex, isOpen: (id: string) => boolean): readonly TreeRow[] {
  const rows: TreeRow[] = [];
  const add = (items: readonly TreeItem[], level: number, lines: readonly boolean[], parent: string | null): void => {
    items.forEach((item, at) => {
      const id = item.kind === 'fold' ? item.id : item.node.id;
      const inner = item.kind === 'fold' ? item.nodes : (index.children.get(id) ?? []);
      const expanded = inner.length > 0 && isOpen(id);
      const row = { id, item, level, position: at + 1, siblings: items.length, lines, parent };
      rows.push({ ...row, expandable: inner.length > 0, expanded });
      if (!expanded) return;
      const below = [...lines, at < items.length - 1];
      if (item.kind === 'fold') add(item.nodes.map(asProcess), level + 1, below, id);
      else add(index.below(id), level + 1, below, id);
    });
  };
  add(index.roots.map(asProcess), 1, [], null);
  return rows;
}

const asProcess = (node: ProcessNode): TreeItem => ({ kind: 'process', node });

/** Ids of the branches on the way to these nodes, folds included, so that opening them brings the nodes into sight. */
export function waysTo(ids: Iterable<string>, index: TreeIndex): ReadonlySet<string> {
  const ways = new Set<string>();
  const seen = new Set<string>();
  const foldOf = foldsByMember(index);
  for (const id of ids) {
    for (let node = index.nodes.get(id); node?.parent && !seen.has(node.id); node = index.nodes.get(node.parent)) {
      seen.add(node.id);
      ways.add(node.parent);
      const fold = foldOf(node.parent).get(node.id);
      if (fold !== undefined) ways.add(fold);
    }
  }
  return ways;
}

/** Which fold a child stands in, parent by parent. */
function foldsByMember(index: TreeIndex): (parent: string) => ReadonlyMap<string, string> {
  const known = new Map<string, ReadonlyMap<string, string>>();
  return (parent) => {
    const folds =
      known.get(parent) ??
      new Map(
        index
          .below(parent)
          .flatMap((item) => (item.kind === 'fold' ? item.nodes.map(({ id }) => [id, item.id] as const) : [])),
      );
    known.set(parent, folds);
    return folds;
  };
}

/** What is open at first: the way to what is marked, and the subjects themselves. */
export function openAtFirst(index: TreeIndex): ReadonlySet<string> {
  const marked = [...index.nodes.values()].filter((node) => node.subject || node.alerts.length > 0);
  return new Set([
    ...waysTo(
      marked.map(({ id }) => id),
      index,
    ),
    ...marked.map(({ id }) => id),
  ]);
}

/** Nodes whose name, command line, user or pid contain the words, letter case aside. */
export function findNodes(index: TreeIndex, words: string): readonly string[] {
  const wanted = words.trim().toLowerCase();
  if (wanted === '') return [];
  return [...index.nodes.values()]
    .filter((node) =>
      [node.name, node.commandLine, node.executable, node.user, node.pid?.toString()].some((text) =>
        text?.toLowerCase().includes(wanted),
      ),
    )
    .map(({ id }) => id);
}

/** The user that a process's parent ran as, where it is another one; null where nothing changed or nothing is known. */
export function changedUser(index: TreeIndex, { parent, user }: ProcessNode): string | null {
  const before = index.nodes.get(parent ?? '')?.user ?? null;
  return user === null || before === null || before === user ? null : before;
}

/** Every branch and fold open. */
export function allOpen(index: TreeIndex): ReadonlySet<string> {
  const open = new Set(index.nodes.keys());
  for (const id of index.children.keys()) {
    for (const item of index.below(id)) if (item.kind === 'fold') open.add(item.id);
  }
  return open;
}
