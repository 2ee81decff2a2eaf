import type { TreeRow } from '#shared/tree/tree-row.ts';
import { glyphs } from '#shared/tree/tree-text.ts';

/** Deeper indentation is cut: the command line must keep room. */
const MAX_INDENT = 40;

/** The lines drawn before a row. */
export const rowGlyphs = (row: TreeRow): string => glyphs({ ...row, lines: row.lines.slice(-MAX_INDENT) }).trimEnd();

/** What a row's colour tells. */
export const rowMarks = ({ item }: TreeRow, found: boolean) => ({
  'data-subject': item.kind === 'process' && item.node.subject,
  'data-alert': item.kind === 'process' && item.node.alerts.length > 0,
  'data-found': found,
});
