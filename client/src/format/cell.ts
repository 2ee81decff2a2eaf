import type * as z from 'zod';
import type { cellSchema } from '#shared/alert/alert.ts';

export type Cell = z.infer<typeof cellSchema>;

/** A result cell as text; a list in its order, null where there is no value. */
export function cellText(cell: Cell | undefined): string | null {
  if (cell === null || cell === undefined) return null;
  return Array.isArray(cell) ? cell.map(String).join(', ') : String(cell);
}
