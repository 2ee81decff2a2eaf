import { useChange } from '#client/api/use-endpoint.ts';
import { Button, IconButton } from '#client/ui/button.tsx';
import { IconPin, IconPinnedOff, IconTrash } from '#client/ui/icons.ts';
import { Tag } from '#client/ui/marks.tsx';
import { TimeText } from '#client/ui/time-text.tsx';
import { showProblem, showUndo } from '#client/ui/toast.tsx';
import { chooseView, deleteView, type SavedView, saveView } from '#shared/api/views.ts';
import classes from './views.module.css';

type Choice = Pick<SavedView, 'pinned'> | Pick<SavedView, 'isDefault'>;

/** One saved view: shown by its name; pinned, made the default, deleted. */
export function ViewItem({
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
  const { id, name, pinned, isDefault, shared, state } = view;
  const set = (words: string, body: Choice, back: Choice): void => {
    choose
      .mutateAsync({ params: { id }, body })
      .then(
        () => showUndo(`“${name}” is ${words}`, () => choose.mutateAsync({ params: { id }, body: back })),
        showProblem,
      );
  };
  const drop = (): void => {
    remove
      .mutateAsync({ params: { id } })
      .then(
        () => showUndo(`View “${name}” deleted`, () => save.mutateAsync({ body: { name, shared, state } })),
        showProblem,
      );
  };
  return (
    <li>
      <button type="button" className={classes['name']} aria-current={isCurrent} onClick={onShow}>
        {name}
        <small className="dim">
          <TimeText iso={view.updatedAt} relative /> by {view.updatedBy}
        </small>
      </button>
      {shared ? <Tag>shared</Tag> : null}
      <Button
        look="quiet"
        onClick={() =>
          set(isDefault ? 'no longer the default' : 'the default now', { isDefault: !isDefault }, { isDefault })
        }
      >
        {isDefault ? 'Default' : 'Make default'}
      </Button>
      <IconButton
        label={pinned ? `Unpin ${name}` : `Pin ${name}`}
        icon={pinned ? IconPinnedOff : IconPin}
        onClick={() => set(pinned ? 'no longer pinned' : 'pinned', { pinned: !pinned }, { pinned })}
      />
      <IconButton label={`Delete ${name}`} icon={IconTrash} onClick={drop} />
    </li>
  );
}
