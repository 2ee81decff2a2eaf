import { type Instant, parseInstant } from '../base/time.ts';
import type { ProcessNode, ProcessTree } from './process.ts';

export interface TimeSpan {
  readonly from: Instant;
  readonly to: Instant;
}

const instantOf = (text: string | null): Instant | null => (text === null ? null : parseInstant(text));

/** From the first start to the last start or end that the tree tells of; null where there is nothing to move through. */
export function spanOf({ nodes }: ProcessTree): TimeSpan | null {
  let from = Number.POSITIVE_INFINITY;
  let to = Number.NEGATIVE_INFINITY;
  for (const { start, end } of nodes) {
    for (const at of [instantOf(start), instantOf(end)]) {
      if (at === null) continue;
      from = Math.min(from, at);
      to = Math.max(to, at);
    }
  }
  return from < to ? { from, to } : null;
}

/** The tree as it stood then: what had been started. Parents that are known only by name stay with their children. */
export function treeAt(tree: ProcessTree, at: Instant): ProcessTree {
  const started = new Set(tree.nodes.filter((node) => !node.placeholder && hasStarted(node, at)).map(({ id }) => id));
  const parents = new Set(tree.nodes.filter(({ id }) => started.has(id)).map(({ parent }) => parent));
  const nodes = tree.nodes.filter(({ id, placeholder }) => started.has(id) || (placeholder && parents.has(id)));
  const ids = new Set(nodes.map(({ id }) => id));
  return {
    ...tree,
    nodes,
    // A child whose parent seems to have started after it stands alone.
    roots: nodes.filter(({ parent }) => parent === null || !ids.has(parent)).map(({ id }) => id),
  };
}

const hasStarted = ({ start }: ProcessNode, at: Instant): boolean => (instantOf(start) ?? at) <= at;

/** Whether it had ended by then. */
export const hasEnded = ({ end }: ProcessNode, at: Instant): boolean => (instantOf(end) ?? at + 1) <= at;
