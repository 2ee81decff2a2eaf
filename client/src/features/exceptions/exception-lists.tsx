import { useState } from 'react';
import type { AnswerOf } from '#client/api/call.ts';
import { useChange, useEndpoint } from '#client/api/use-endpoint.ts';
import { Button } from '#client/ui/button.tsx';
import { ButtonRow } from '#client/ui/button-row.tsx';
import { CheckField } from '#client/ui/fields/check-field.tsx';
import { TextField } from '#client/ui/fields/text-field.tsx';
import { Failure } from '#client/ui/states.tsx';
import { showProblem, showUndo } from '#client/ui/toast.tsx';
import { deleteExceptionList, listExceptionLists, saveExceptionList } from '#shared/api/exceptions.ts';
import { listRules } from '#shared/api/rules.ts';
import { plural } from '#shared/base/counts.ts';
import classes from './exceptions.module.css';
import { ListPanel } from './list-panel.tsx';
import { ValueLists } from './value-lists.tsx';

type List = AnswerOf<typeof listExceptionLists>['lists'][number];

/** Shared lists with the rules they are attached to, and lists of values. */
export function ExceptionLists() {
  const query = useEndpoint(listExceptionLists, {});
  const rules = useEndpoint(listRules, {}).data?.rules ?? [];
  const remove = useChange(deleteExceptionList, ['exceptions']);
  const save = useChange(saveExceptionList, ['exceptions', 'rules']);
  const drop = (list: List): void =>
    void remove
      .mutateAsync({ params: { id: list.id } })
      .then(
        () => showUndo(`“${list.name}” deleted`, () => save.mutateAsync({ body: { ...draftOf(list), version: null } })),
        showProblem,
      );
  const nameOf = (slug: string): string => rules.find((rule) => rule.slug === slug)?.name ?? slug;
  return (
    <div className={classes['stacked']}>
      <ListPanel<List>
        title="Shared lists"
        make="New list"
        empty="A shared list holds exceptions for several rules at once."
        query={query}
        about={({ items, rules: attached }) =>
          `${plural(items, 'exception')}, ${attached.length === 0 ? 'attached to no rule' : attached.map(nameOf).join(', ')}`
        }
        form={(list, onDone) => <ListForm key={list?.id ?? 'new'} list={list} onDone={onDone} />}
        keptBy={({ items }) => (items > 0 ? 'Move or delete its exceptions first.' : null)}
        onDelete={drop}
      />
      <ValueLists />
    </div>
  );
}

function ListForm({ list, onDone }: { readonly list: List | null; readonly onDone: () => void }) {
  const [name, setName] = useState(list?.name ?? '');
  const [attached, setAttached] = useState<readonly string[]>(list?.rules ?? []);
  const rules = useEndpoint(listRules, {}).data?.rules ?? [];
  const save = useChange(saveExceptionList, ['exceptions', 'rules']);
  const remove = useChange(deleteExceptionList, ['exceptions', 'rules']);
  const body = () => {
    const id =
      list?.id ??
      name
        .trim()
        .toLowerCase()
        .replace(/[^a-z0-9]+/g, '-');
    return { ...draftOf(list ?? NEW), id, name, rules: [...attached], version: list?.version ?? null };
  };
  return (
    <form
      className={classes['form']}
      aria-label={list ? `Change the list ${list.name}` : 'New list'}
      onSubmit={(event) => {
        event.preventDefault();
        const before = list;
        save.mutate(
          { body: body() },
          {
            onSuccess: ({ id, version }) => {
              showUndo(`“${name}” saved`, () =>
                before
                  ? save.mutateAsync({ body: { ...draftOf(before), version } })
                  : remove.mutateAsync({ params: { id } }),
              );
              onDone();
            },
          },
        );
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
      <ButtonRow>
        <Button onClick={onDone}>Cancel</Button>
        <Button look="primary" type="submit" disabled={name.trim() === ''} busy={save.isPending}>
          Save the list
        </Button>
      </ButtonRow>
    </form>
  );
}

/** A list as it is sent: without who made it, and what is in it. */
function draftOf(list: List) {
  const { items: _, createdAt: _c, createdBy: _b, updatedAt: _u, updatedBy: _w, ...draft } = list;
  return draft;
}

const NEW: List = {
  ...{ id: '', name: '', description: '', type: 'detection', namespace: 'single', osTypes: [], tags: [], meta: null },
  ...{ rules: [], items: 0, version: 0, createdAt: '', createdBy: '', updatedAt: '', updatedBy: '' },
};
