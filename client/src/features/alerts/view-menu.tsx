import { useState } from 'react';
import { useChange, useEndpoint } from '#client/api/use-endpoint.ts';
import { Button, IconButton } from '#client/ui/button.tsx';
import { SwitchField, TextField } from '#client/ui/fields.tsx';
import { IconBookmark, IconPin, IconPinnedOff, IconTrash } from '#client/ui/icons.ts';
import { Tag } from '#client/ui/marks.tsx';
import { MenuButton } from '#client/ui/menu-button.tsx';
import { TimeText } from '#client/ui/time-text.tsx';
import { showDone, showProblem, showUndo } from '#client/ui/toast.tsx';
import { changeView, chooseView, deleteView, listViews, type SavedView, saveView } from '#shared/api/views.ts';
import classes from './queue.module.css';
import { type QueueSearch, queueDefaults } from './queue-search.ts';
import { searchOfView, viewState } from './view-state.ts';

interface ViewProps {
  readonly search: QueueSearch;
  readonly onShow: (search: QueueSearch) => void;
}

const failing = { onError: showProblem };

/** Ways to look at the queue under a name: pinned ones as buttons, all of them in a menu. */
export function ViewMenu({ search, onShow }: ViewProps) {
  const views = useEndpoint(listViews, {}).data?.views ?? [];
  const current = views.find(({ id }) => id === search.view);
  const modified = current !== undefined && current.state !== viewState(search);
  const show = (view: SavedView): void => onShow(searchOfView(view.id, view.state));
  return (
    <div className={classes['views']}>
      <MenuButton
        label={current ? `${current.name}${modified ? ' • modified' : ''}` : 'Views'}
        icon={IconBookmark}
        width={400}
      >
        <div className={classes['menuForm']}>
          {views.length === 0 ? <p className="dim">No view is saved yet.</p> : null}
          <ul className={classes['viewList']} aria-label="Saved views">
            {views.map((view) => (
              <ViewItem key={view.id} view={view} isCurrent={view.id === current?.id} onShow={() => show(view)} />
            ))}
          </ul>
          {current ? (
            <CurrentView
              key={`${current.id} ${current.version}`}
              view={current}
              modified={modified}
              search={search}
              onShow={onShow}
            />
          ) : null}
          <SaveForm search={search} onShow={onShow} />
        </div>
      </MenuButton>
      {views
        .filter(({ pinned }) => pinned)
        .map((view) => (
          <button
            key={view.id}
            type="button"
            className={classes['pinned']}
            aria-pressed={view.id === current?.id}
            onClick={() => show(view)}
          >
            {view.name}
          </button>
        ))}
    </div>
  );
}

function ViewItem({
  view,
  isCurrent,
  onShow,
}: {
  readonly view: SavedView;
  readonly isCurrent: boolean;
  readonly onShow: () => void;
}) {
  const choose = useChange(chooseView, ['views']);
  const remove = useChange(deleteView, ['views']);
  const save = useChange(saveView, ['views']);
  const { id, name, pinned, isDefault } = view;
  const set = (body: { pinned: boolean; isDefault: boolean }): void => choose.mutate({ params: { id }, body }, failing);
  const offerBack = (): void => {
    showUndo(`View “${name}” deleted`, () =>
      save.mutate({ body: { name, shared: view.shared, state: view.state } }, failing),
    );
  };
  return (
    <li>
      <button type="button" className={classes['viewName']} aria-current={isCurrent} onClick={onShow}>
        {name}
        <small className="dim">
          <TimeText iso={view.updatedAt} relative /> by {view.updatedBy}
        </small>
      </button>
      {view.shared ? <Tag>shared</Tag> : null}
      <Button look="quiet" onClick={() => set({ pinned, isDefault: !isDefault })}>
        {isDefault ? 'Default' : 'Make default'}
      </Button>
      <IconButton
        label={pinned ? `Unpin ${name}` : `Pin ${name}`}
        icon={pinned ? IconPinnedOff : IconPin}
        onClick={() => set({ pinned: !pinned, isDefault })}
      />
      <IconButton
        label={`Delete ${name}`}
        icon={IconTrash}
        onClick={() => remove.mutate({ params: { id } }, { ...failing, onSuccess: offerBack })}
      />
    </li>
  );
}

function CurrentView({
  view,
  modified,
  search,
  onShow,
}: ViewProps & { readonly view: SavedView; readonly modified: boolean }) {
  const [name, setName] = useState(view.name);
  const change = useChange(changeView, ['views']);
  const set = (part: Partial<Pick<SavedView, 'name' | 'shared' | 'state'>>): void =>
    change.mutate({ params: { id: view.id }, body: { ...part, version: view.version } }, failing);
  return (
    <form
      className={classes['menuForm']}
      onSubmit={(event) => {
        event.preventDefault();
        if (name.trim() !== '') set({ name: name.trim() });
      }}
    >
      <div className={classes['menuRow']}>
        <TextField label="Name of this view" value={name} onChange={setName} />
        <Button type="submit" disabled={name.trim() === '' || name.trim() === view.name}>
          Rename
        </Button>
      </div>
      <SwitchField label="Shared with everybody" checked={view.shared} onChange={(shared) => set({ shared })} />
      <div className={classes['menuRow']}>
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

function SaveForm({ search, onShow }: ViewProps) {
  const [name, setName] = useState('');
  const [shared, setShared] = useState(false);
  const save = useChange(saveView, ['views']);
  return (
    <form
      className={classes['menuForm']}
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
              showDone(`Saved as “${view.name}”`);
            },
          },
        );
      }}
    >
      <TextField label="Save what is shown as" placeholder="A name" value={name} onChange={setName} />
      <div className={classes['menuRow']}>
        <SwitchField label="For everybody" checked={shared} onChange={setShared} />
        <Button look="primary" type="submit" disabled={name.trim() === ''} busy={save.isPending}>
          Save view
        </Button>
      </div>
    </form>
  );
}
