import { useState } from 'react';
import type { AnswerOf } from '#client/api/call.ts';
import { useChange, useEndpoint } from '#client/api/use-endpoint.ts';
import { plural } from '#client/format/number.ts';
import { Button } from '#client/ui/button.tsx';
import { CheckField, TextField } from '#client/ui/fields.tsx';
import { Panel } from '#client/ui/page.tsx';
import { QueryView } from '#client/ui/query-view.tsx';
import { Failure } from '#client/ui/states.tsx';
import { showProblem } from '#client/ui/toast.tsx';
import { deleteExceptionList, listExceptionLists, saveExceptionList } from '#shared/api/exceptions.ts';
import { listRules } from '#shared/api/rules.ts';
import classes from './exceptions.module.css';
import { ValueLists } from './value-lists.tsx';

type List = AnswerOf<typeof listExceptionLists>['lists'][number];

/** Shared lists with the rules they are attached to, and lists of values. */
export function ExceptionLists() {
  const query = useEndpoint(listExceptionLists, {});
  const [edited, setEdited] = useState<List | 'new' | null>(null);
  const remove = useChange(deleteExceptionList, ['exceptions']);
  return (
    <>
      <Panel title="Shared lists" actions={<Button onClick={() => setEdited('new')}>New list</Button>}>
        {edited ? (
          <ListForm
            key={edited === 'new' ? 'new' : edited.id}
            list={edited === 'new' ? null : edited}
            onDone={() => setEdited(null)}
          />
        ) : null}
        <QueryView query={query}>
          {({ lists }) =>
            lists.length === 0 ? (
              <p className="dim">A shared list holds exceptions for several rules at once.</p>
            ) : (
              <ul className={classes['list']}>
                {lists.map((list) => (
                  <li key={list.id} className={classes['review']}>
                    <span>
                      <b>{list.name}</b>{' '}
                      <span className="dim">
                        {plural(list.items, 'exception')}, {list.rules.length === 0 ? 'no rule' : list.rules.join(', ')}
                      </span>
                    </span>
                    <Button onClick={() => setEdited(list)}>Edit</Button>
                    <Button
                      look="danger"
                      disabled={list.items > 0}
                      onClick={() => remove.mutate({ params: { id: list.id } }, { onError: showProblem })}
                    >
                      Delete
                    </Button>
                  </li>
                ))}
              </ul>
            )
          }
        </QueryView>
      </Panel>
      <ValueLists />
    </>
  );
}

function ListForm({ list, onDone }: { readonly list: List | null; readonly onDone: () => void }) {
  const [name, setName] = useState(list?.name ?? '');
  const [attached, setAttached] = useState<readonly string[]>(list?.rules ?? []);
  const rules = useEndpoint(listRules, {}).data?.rules ?? [];
  const save = useChange(saveExceptionList, ['exceptions', 'rules']);
  const body = () => {
    const { items: _, createdAt: _c, createdBy: _b, updatedAt: _u, updatedBy: _w, ...known } = list ?? NEW;
    const id =
      list?.id ??
      name
        .trim()
        .toLowerCase()
        .replace(/[^a-z0-9]+/g, '-');
    return { ...known, id, name, rules: [...attached], version: list?.version ?? null };
  };
  return (
    <form
      className={classes['form']}
      aria-label={list ? `Change the list ${list.name}` : 'New list'}
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate({ body: body() }, { onSuccess: onDone });
      }}
    >
      <TextField label="Name of the list" required value={name} onChange={setName} />
      <fieldset className={classes['entries']}>
        <legend>Attached to</legend>
        {rules.map(({ slug, name: rule }) => (
          <CheckField
            key={slug}
            label={rule}
            checked={attached.includes(slug)}
            onChange={(on) => setAttached(on ? [...attached, slug] : attached.filter((one) => one !== slug))}
          />
        ))}
      </fieldset>
      {save.error ? <Failure error={save.error} /> : null}
      <div className={classes['buttons']}>
        <Button onClick={onDone}>Cancel</Button>
        <Button look="primary" type="submit" disabled={name.trim() === ''} busy={save.isPending}>
          Save the list
        </Button>
      </div>
    </form>
  );
}

const NEW: List = {
  ...{ id: '', name: '', description: '', type: 'detection', namespace: 'single', osTypes: [], tags: [], meta: null },
  ...{ rules: [], items: 0, version: 0, createdAt: '', createdBy: '', updatedAt: '', updatedBy: '' },
};
