import { useState } from 'react';
import { useChange, useEndpoint } from '#client/api/use-endpoint.ts';
import { dropSearch, type KeptSearch, keepSearch, useKeptSearches } from '#client/stores/kept-searches.ts';
import { Button } from '#client/ui/button.tsx';
import { CheckField } from '#client/ui/fields/check-field.tsx';
import { TextField } from '#client/ui/fields/text-field.tsx';
import { IconBookmark } from '#client/ui/icons.ts';
import { MenuButton } from '#client/ui/menu-button.tsx';
import { Failure } from '#client/ui/states.tsx';
import { showProblem, showUndo } from '#client/ui/toast.tsx';
import { deleteSearch, listSearches, renameSearch, saveSearch } from '#shared/api/search.ts';
import menu from './menu.module.css';
import { SavedRow } from './saved-row.tsx';

type Draft = Omit<KeptSearch, 'id' | 'name'>;

/** Searches under a name: everybody's, and those of this browser only. */
export function SavedSearches({
  current,
  onChoose,
}: {
  readonly current: Draft;
  readonly onChoose: (search: KeptSearch) => void;
}) {
  return (
    <MenuButton label="Saved" icon={IconBookmark} width={420}>
      <SavedList current={current} onChoose={onChoose} />
    </MenuButton>
  );
}

function SavedList({
  current,
  onChoose,
}: {
  readonly current: Draft;
  readonly onChoose: (search: KeptSearch) => void;
}) {
  const shared = useEndpoint(listSearches, {});
  const own = useKeptSearches((store) => store.own);
  const rename = useChange(renameSearch, ['searches']);
  const remove = useChange(deleteSearch, ['searches']);
  const save = useChange(saveSearch, ['searches']);
  const everyone = shared.data?.searches ?? [];
  return (
    <div className={menu['form']}>
      {shared.error ? <Failure error={shared.error} retry={() => void shared.refetch()} /> : null}
      {everyone.length + own.length === 0 && shared.data ? <p className="dim">No search is saved yet.</p> : null}
      <ul className={menu['list']} aria-label="Saved searches">
        {everyone.map((search) => (
          <SavedRow
            key={search.id}
            search={search}
            note={`by ${search.createdBy}`}
            onChoose={() => onChoose(search)}
            onRename={async (name) => {
              const call = (to: string) => rename.mutateAsync({ params: { id: search.id }, body: { name: to } });
              await call(name);
              showUndo(`Renamed to “${name}”`, () => call(search.name));
            }}
            onDelete={() => {
              const { id, createdAt: _, createdBy: _by, ...draft } = search;
              remove
                .mutateAsync({ params: { id } })
                .then(() => showUndo(`“${search.name}” deleted`, () => save.mutateAsync({ body: draft })), showProblem);
            }}
          />
        ))}
        {own.map((search) => (
          <SavedRow
            key={search.id}
            search={search}
            note="this browser"
            onChoose={() => onChoose(search)}
            onRename={async (name) => {
              keepSearch({ ...search, name });
              showUndo(`Renamed to “${name}”`, async () => keepSearch(search));
            }}
            onDelete={() => {
              dropSearch(search.id);
              showUndo(`“${search.name}” deleted`, async () => keepSearch(search));
            }}
          />
        ))}
      </ul>
      <SaveForm current={current} />
    </div>
  );
}

function SaveForm({ current }: { readonly current: Draft }) {
  const [name, setName] = useState('');
  const [onlyHere, setOnlyHere] = useState(false);
  const save = useChange(saveSearch, ['searches']);
  const remove = useChange(deleteSearch, ['searches']);
  const done = (takeBack: () => Promise<unknown>): void => {
    setName('');
    showUndo(`Saved as “${name.trim()}”`, takeBack);
  };
  return (
    <form
      className={menu['form']}
      onSubmit={(event) => {
        event.preventDefault();
        const draft = { ...current, name: name.trim() };
        if (draft.name === '') return;
        if (onlyHere) {
          const id = crypto.randomUUID();
          keepSearch({ ...draft, id });
          done(async () => dropSearch(id));
        } else {
          const takeBack = (id: string) => (): Promise<unknown> => remove.mutateAsync({ params: { id } });
          save.mutate({ body: draft }, { onSuccess: ({ id }) => done(takeBack(id)), onError: showProblem });
        }
      }}
    >
      <TextField label="Save what is shown as" placeholder="A name" value={name} onChange={setName} />
      <div className={menu['row']}>
        <CheckField label="Only in this browser" checked={onlyHere} onChange={setOnlyHere} />
        <Button look="primary" type="submit" disabled={name.trim() === ''} busy={save.isPending}>
          Save
        </Button>
      </div>
    </form>
  );
}
