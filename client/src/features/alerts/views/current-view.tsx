import { useState } from 'react';
import { useChange } from '#client/api/use-endpoint.ts';
import { Button } from '#client/ui/button.tsx';
import { SwitchField } from '#client/ui/fields/switch-field.tsx';
import { TextField } from '#client/ui/fields/text-field.tsx';
import { showProblem, showUndo } from '#client/ui/toast.tsx';
import { changeView, type SavedView } from '#shared/api/views.ts';
import menu from '../queue/menus.module.css';
import { type QueueSearch, queueDefaults } from '../queue-search.ts';
import { searchOfView, viewState } from './view-state.ts';

type Part = Partial<Pick<SavedView, 'name' | 'shared' | 'state'>>;

/** The view that the queue is shown in: renamed, shared, brought up to what is shown, left. */
export function CurrentView({
  view,
  modified,
  search,
  onShow,
}: {
  readonly view: SavedView;
  readonly modified: boolean;
  readonly search: QueueSearch;
  readonly onShow: (search: QueueSearch) => void;
}) {
  const [name, setName] = useState(view.name);
  const change = useChange(changeView, ['views']);
  const { id } = view;
  const set = (part: Part): void => {
    const before = { name: view.name, shared: view.shared, state: view.state };
    change
      .mutateAsync({ params: { id }, body: { ...part, version: view.version } })
      .then(
        ({ version }) =>
          showUndo(`View “${part.name ?? view.name}” changed`, () =>
            change.mutateAsync({ params: { id }, body: { ...before, version } }),
          ),
        showProblem,
      );
  };
  return (
    <form
      className={menu['form']}
      onSubmit={(event) => {
        event.preventDefault();
        if (name.trim() !== '') set({ name: name.trim() });
      }}
    >
      <div className={menu['row']}>
        <TextField label="Name of this view" value={name} onChange={setName} />
        <Button type="submit" disabled={name.trim() === '' || name.trim() === view.name}>
          Rename
        </Button>
      </div>
      <SwitchField label="Shared with everybody" checked={view.shared} onChange={(shared) => set({ shared })} />
      <div className={menu['row']}>
        <Button disabled={!modified} onClick={() => set({ state: viewState(search) })}>
          Update it to what is shown
        </Button>
        <Button look="quiet" disabled={!modified} onClick={() => onShow(searchOfView(view.id, view.state))}>
          Reset
        </Button>
        <Button look="quiet" onClick={() => onShow(queueDefaults)}>
          Leave
        </Button>
      </div>
    </form>
  );
}
