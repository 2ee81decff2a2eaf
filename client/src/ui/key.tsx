import type { ReactNode } from 'react';
import classes from './key.module.css';

/** A key cap. Decoration beside a control's own name, hence hidden from screen readers. */
export function Key({ children }: { readonly children: ReactNode }) {
  return (
    <span className={classes['key']} aria-hidden="true">
      {children}
    </span>
  );
}
