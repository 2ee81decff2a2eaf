import type { ReactNode } from 'react';
import classes from './menu-items.module.css';

/** What can be chosen in a menu, buttons and links one below the other; paragraphs say more about them. */
export const MenuItems = ({ children }: { readonly children: ReactNode }) => (
  <div className={classes['items']}>{children}</div>
);
