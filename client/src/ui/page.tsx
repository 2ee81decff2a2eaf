import type { ReactNode } from 'react';
import classes from './page.module.css';

/** Title line with actions, and what is below it; `fill` gives the page the window's height to lay out itself. */
export function Page({
  title,
  actions,
  note,
  fill,
  children,
}: {
  readonly title: ReactNode;
  readonly actions?: ReactNode;
  readonly note?: ReactNode;
  readonly fill?: boolean;
  readonly children: ReactNode;
}) {
  return (
    <div className={classes['page']} data-fill={fill}>
      <header className={classes['header']}>
        <h1>{title}</h1>
        {note ? <span className={classes['note']}>{note}</span> : null}
        <span className={classes['actions']}>{actions}</span>
      </header>
      {children}
    </div>
  );
}

export function Panel({
  title,
  actions,
  children,
  flush,
}: {
  readonly title?: ReactNode;
  readonly actions?: ReactNode;
  readonly children: ReactNode;
  readonly flush?: boolean;
}) {
  return (
    <section className={classes['panel']}>
      {title || actions ? (
        <header className={classes['panelHeader']}>
          <h2>{title}</h2>
          <span className={classes['actions']}>{actions}</span>
        </header>
      ) : null}
      <div className={classes['panelBody']} data-flush={flush}>
        {children}
      </div>
    </section>
  );
}

/** Controls in a row that wraps. */
export function Toolbar({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <div className={classes['toolbar']} role="toolbar" aria-label={label}>
      {children}
    </div>
  );
}
