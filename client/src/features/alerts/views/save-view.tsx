import { useState } from 'react';
import { useChange } from '#client/api/use-endpoint.ts';
import { Button } from '#client/ui/button.tsx';
import { SwitchField } from '#client/ui/fields/switch-field.tsx';
import { TextField } from '#client/ui/fields/text-field.tsx';
import { showProblem, showUndo } from '#client/ui/toast.tsx';
import { deleteView, saveView } from '#shared/api/views.ts';
import menu from '../queue/menus.module.css';
import type { QueueSearch } from '../queue-search.ts';
import { viewState } from './view-state.ts';

/** Keeps what is shown under a name, for oneself or for everybody. */
export function SaveView({
  search,
  onShow,
}: {
  readonly search: QueueSearch;
  readonly onShow: (search: QueueSearch) => void;
}) {
  const [name, setName] = useState('');
  const [shared, setShared] = useState(false);
  const save = useChange(saveView, ['views']);
  const remove = useChange(deleteView, ['views']);
  return (
    <form
      className={menu['form']}
      onSubmit={(event) => {
        event.preventDefault();
        if (name.trim() === '') return;
        save.mutate(
          { body: { name: name.trim(), shared, state: viewState(search) } },
          {
            onError: showProblem,
            onSuccess: (view) => {
              setName('');
              onShow({ ...search, view: view.id });
              showUndo(`Saved as “${view.name}”`, () => remove.mutateAsync({ params: { id: view.id } }));
            },
          },
        );
      }}
    >
      <TextField label="Save what is shown as" placeholder="A name" value={name} onChange={setName} />
      <div className={menu['row']}>
        <SwitchField label="For everybody" checked={shared} onChange={setShared} />
        <Button look="primary" type="submit" disabled={name.trim() === ''} busy={save.isPending}>
          Save view
        </Button>
      </div>
    </form>
  );
}
