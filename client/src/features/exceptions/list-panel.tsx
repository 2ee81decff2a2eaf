import type { UseQueryResult } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { Button } from '#client/ui/button.tsx';
import { Panel } from '#client/ui/page.tsx';
import { QueryView } from '#client/ui/query-view.tsx';
import classes from './exceptions.module.css';

interface Named {
  readonly id: string;
  readonly name: string;
}

/** Lists of one kind: made, changed and deleted in place. */
export function ListPanel<List extends Named>({
  title,
  make,
  empty,
  query,
  about,
  actions,
  form,
  keptBy,
  onDelete,
}: {
  readonly title: string;
  /** Words of the button that makes one. */
  readonly make: string;
  /** What such a list is for, where there is none. */
  readonly empty: string;
  readonly query: UseQueryResult<{ readonly lists: readonly List[] }>;
  readonly about: (list: List) => ReactNode;
  readonly actions?: (list: List) => ReactNode;
  /** Null: a new one. */
  readonly form: (list: List | null, onDone: () => void) => ReactNode;
  /** Why it cannot be deleted; null: it can. */
  readonly keptBy?: (list: List) => string | null;
  readonly onDelete: (list: List) => void;
}) {
  const [edited, setEdited] = useState<List | 'new' | null>(null);
  const done = (): void => setEdited(null);
  return (
    <Panel title={title} flush actions={<Button onClick={() => setEdited('new')}>{make}</Button>}>
      {edited === 'new' ? <div className={classes['listForm']}>{form(null, done)}</div> : null}
      <QueryView query={query}>
        {({ lists }) =>
          lists.length === 0 ? (
            <p className={classes['nothing']}>{empty}</p>
          ) : (
            <ul className={classes['list']} aria-label={title}>
              {lists.map((list) => (
                <li key={list.id}>
                  <div className={classes['review']}>
                    <span className={classes['what']}>
                      <b>{list.name}</b> <span className="dim">{about(list)}</span>
                    </span>
                    {actions?.(list)}
                    <Button onClick={() => setEdited(list)}>Edit</Button>
                    <DeleteButton kept={keptBy?.(list) ?? null} onDelete={() => onDelete(list)} />
                  </div>
                  {edited !== 'new' && edited?.id === list.id ? (
                    <div className={classes['listForm']}>{form(list, done)}</div>
                  ) : null}
                </li>
              ))}
            </ul>
          )
        }
      </QueryView>
    </Panel>
  );
}

function DeleteButton({ kept, onDelete }: { readonly kept: string | null; readonly onDelete: () => void }) {
  return (
    <span title={kept ?? undefined}>
      <Button look="danger" disabled={kept !== null} onClick={onDelete}>
        Delete
      </Button>
    </span>
  );
}
