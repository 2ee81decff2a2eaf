import type { TreeRow } from '#shared/tree/tree-row.ts';

export type TreeMove =
  | { readonly kind: 'to'; readonly index: number }
  | { readonly kind: 'open'; readonly id: string }
  | { readonly kind: 'close'; readonly id: string };

const PAGE = 15;

/** What a key does in a tree grid (WAI-ARIA's treegrid pattern); null for keys it does not know. */
export function treeMove(key: string, rows: readonly TreeRow[], at: number): TreeMove | null {
  const row = rows[at];
  const to = (index: number): TreeMove => ({ kind: 'to', index: Math.max(0, Math.min(rows.length - 1, index)) });
  switch (key) {
    case 'ArrowDown':
      return to(at + 1);
    case 'ArrowUp':
      return to(at - 1);
    case 'PageDown':
      return to(at + PAGE);
    case 'PageUp':
      return to(at - PAGE);
    case 'Home':
      return to(0);
    case 'End':
      return to(rows.length - 1);
    case 'ArrowRight':
      if (!row?.expandable) return null;
      return row.expanded ? to(at + 1) : { kind: 'open', id: row.id };
    case 'ArrowLeft':
      if (!row) return null;
      if (row.expanded) return { kind: 'close', id: row.id };
      return row.parent === null ? null : to(rows.findIndex(({ id }) => id === row.parent));
    case 'Enter':
    case ' ':
      if (!row?.expandable) return null;
      return row.expanded ? { kind: 'close', id: row.id } : { kind: 'open', id: row.id };
    default:
      return null;
  }
}
