import { Hostile } from '#client/ui/text.tsx';
import type { TreeRow } from '#shared/tree/tree-row.ts';
import { titleOf } from '#shared/tree/tree-text.ts';
import { rowGlyphs, rowMarks } from './row-look.ts';
import classes from './tree.module.css';

/** A row that a far jump flies past: its colour, and what ran. */
export function FlyingRow({
  id,
  row,
  number,
  found,
}: {
  readonly id: string;
  readonly row: TreeRow;
  readonly number: number;
  readonly found: boolean;
}) {
  return (
    <tr id={id} className={classes['row']} aria-rowindex={number + 2} aria-level={row.level} {...rowMarks(row, found)}>
      <td className={classes['flying']}>
        <Hostile text={`${rowGlyphs(row)} ${titleOf(row)}`} />
      </td>
    </tr>
  );
}
