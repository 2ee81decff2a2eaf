import { expect, test } from 'vitest';
import type { TreeRow } from '#shared/tree/tree-row.ts';
import { treeMove } from './tree-keys.ts';

const row = (id: string, parent: string | null, members: Partial<TreeRow> = {}): TreeRow => ({
  id,
  item: { kind: 'fold', id, shape: id, nodes: [] },
  level: 1,
  position: 1,
  siblings: 1,
  lines: [],
  expandable: false,
  expanded: false,
  parent,
  ...members,
});
const ROWS = [
  row('php', null, { expandable: true, expanded: true }),
  row('closed', 'php', { expandable: true }),
  row('odd', 'php', { expandable: true, expanded: true }),
  row('id', 'odd'),
];

test('arrow keys open, enter, leave and close', () => {
  expect(treeMove('ArrowRight', ROWS, 1)).toEqual({ kind: 'open', id: 'closed' });
  expect(treeMove('ArrowRight', ROWS, 2)).toEqual({ kind: 'to', index: 3 });
  expect(treeMove('ArrowLeft', ROWS, 3)).toEqual({ kind: 'to', index: 2 });
  expect(treeMove('ArrowLeft', ROWS, 2)).toEqual({ kind: 'close', id: 'odd' });
  expect(treeMove('End', ROWS, 0)).toEqual({ kind: 'to', index: 3 });
  expect(treeMove('q', ROWS, 0)).toBeNull();
});
