import type { ReactNode } from 'react';
import classes from './text-button.module.css';

/** A button within a sentence, which looks like a link: it does something on the page that it stands on. */
export const TextButton = ({
  children,
  expanded,
  onClick,
}: {
  readonly children: ReactNode;
  /** Whether what it opens is open. */
  readonly expanded?: boolean;
  readonly onClick: () => void;
}) => (
  <button
    type="button"
    className={classes['button']}
    {...(expanded === undefined ? {} : { 'aria-expanded': expanded })}
    onClick={onClick}
  >
    {children}
  </button>
);
