import { useEndpoint } from '#client/api/use-endpoint.ts';
import { IconBookmark } from '#client/ui/icons.ts';
import { MenuButton } from '#client/ui/menu-button.tsx';
import { listViews, type SavedView } from '#shared/api/views.ts';
import menu from '../queue/menus.module.css';
import type { QueueSearch } from '../queue-search.ts';
import { CurrentView } from './current-view.tsx';
import { SaveView } from './save-view.tsx';
import { ViewItem } from './view-item.tsx';
import { searchOfView, viewState } from './view-state.ts';
import classes from './views.module.css';

/** Ways to look at the queue under a name: pinned ones as buttons, all of them in a menu. */
export function ViewMenu({
  search,
  onShow,
}: {
  readonly search: QueueSearch;
  readonly onShow: (search: QueueSearch) => void;
}) {
  const views = useEndpoint(listViews, {}).data?.views ?? [];
  const current = views.find(({ id }) => id === search.view);
  const modified = current !== undefined && current.state !== viewState(search);
  const show = (view: SavedView): void => onShow(searchOfView(view.id, view.state));
  return (
    <div className={classes['views']}>
      <MenuButton
        label={current ? `${current.name}${modified ? ' • modified' : ''}` : 'Views'}
        icon={IconBookmark}
        width={460}
      >
        <div className={menu['form']}>
          {views.length === 0 ? <p className="dim">No view is saved yet.</p> : null}
          <ul className={menu['list']} aria-label="Saved views">
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
          <SaveView search={search} onShow={onShow} />
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
