import type { ReactNode } from 'react';
import classes from './columns.module.css';

/** Panels in two columns, the first the wider one; one below the other where there is no room. */
export function Columns({ main, side }: { readonly main: ReactNode; readonly side: ReactNode }) {
  return (
    <div className={classes['columns']}>
      <div className={classes['column']}>{main}</div>
      <div className={classes['column']}>{side}</div>
    </div>
  );
}
