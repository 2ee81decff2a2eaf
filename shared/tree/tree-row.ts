import type { ProcessNode } from './process.ts';

/** What a row of the tree stands for: one process, or alike siblings folded into one. */
export type TreeItem =
  | { readonly kind: 'process'; readonly node: ProcessNode }
  | { readonly kind: 'fold'; readonly id: string; readonly shape: string; readonly nodes: readonly ProcessNode[] };

/** A row in sight, with what its lines and its accessible position need. */
export interface TreeRow {
  readonly id: string;
  readonly item: TreeItem;
  /** From 1. */
  readonly level: number;
  readonly position: number;
  readonly siblings: number;
  /** Per level above: whether that ancestor has later siblings, so that its line goes on. */
  readonly lines: readonly boolean[];
  readonly expandable: boolean;
  readonly expanded: boolean;
  readonly parent: string | null;
}

/** What a tree is drawn for: its processes are marked. */
export type TreeSubject = 'alert' | 'event';
