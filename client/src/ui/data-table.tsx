import type { ReactNode } from 'react';
import classes from './data-table.module.css';

export interface DataColumn {
  readonly name: string;
  /** Its cells are numbers, at the right. */
  readonly number?: boolean;
}

/** A table of some dozen rows in a box that scrolls, its head in sight. Cells that may wrap have `data-wraps`. */
export function DataTable({
  label,
  columns,
  height,
  children,
}: {
  readonly label: string;
  readonly columns: readonly DataColumn[];
  /** Beyond which it scrolls. */
  readonly height?: number | string;
  /** Its rows. */
  readonly children: ReactNode;
}) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
    <section className={classes['frame']} aria-label={label} tabIndex={0} style={{ maxHeight: height }}>
      <table className={classes['table']}>
        <thead>
          <tr>
            {columns.map(({ name, number = false }) => (
              <th key={name} scope="col" data-number={number}>
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </section>
  );
}
