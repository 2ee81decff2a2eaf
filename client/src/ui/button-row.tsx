import type { ReactNode } from 'react';
import classes from './button-row.module.css';

/** The buttons that end a form or a question, at its right; the one that does it last. */
export const ButtonRow = ({ children }: { readonly children: ReactNode }) => (
  <div className={classes['row']}>{children}</div>
);
