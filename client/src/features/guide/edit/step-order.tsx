import { type DragEvent, type KeyboardEvent, useState } from 'react';
import { visibleText } from '#client/format/hostile.ts';
import { Button, IconButton } from '#client/ui/button.tsx';
import { IconArrowDown, IconArrowUp, IconPlus, IconTrash } from '#client/ui/icons.ts';
import type { Guide, GuideStep } from '#shared/guide/guide.ts';
import classes from './guide-editor.module.css';

const KINDS: Readonly<Record<GuideStep['kind'], string>> = {
  investigate: 'Investigate',
  'false-positive': 'False positive',
  respond: 'Respond',
};

/** The steps in their order: dragged, moved by buttons, or by Alt and an arrow key. */
export function StepOrder({
  guide,
  open,
  faulty,
  onOpen,
  onMove,
  onAdd,
  onRemove,
}: {
  readonly guide: Guide;
  /** Id of the step that is shown; null: the words about the rule. */
  readonly open: string | null;
  readonly faulty: (id: string) => boolean;
  readonly onOpen: (id: string | null) => void;
  readonly onMove: (id: string, place: number) => void;
  readonly onAdd: () => void;
  readonly onRemove: (id: string) => void;
}) {
  const [dragged, setDragged] = useState<string | null>(null);
  const [told, setTold] = useState('');
  const move = (id: string, place: number): void => {
    if (place < 0 || place >= guide.steps.length) return;
    onMove(id, place);
    setTold(`Now step ${place + 1} of ${guide.steps.length}`);
  };
  const key = (event: KeyboardEvent, id: string, place: number): void => {
    if (!event.altKey || (event.key !== 'ArrowUp' && event.key !== 'ArrowDown')) return;
    event.preventDefault();
    move(id, place + (event.key === 'ArrowUp' ? -1 : 1));
  };
  const over = (event: DragEvent): void => {
    if (dragged === null) return;
    event.preventDefault();
    event.dataTransfer.dropEffect = 'move';
  };
  return (
    <nav className={classes['order']} aria-label="Steps of the guide">
      <button
        type="button"
        className={classes['stepButton']}
        aria-current={open === null ? 'step' : undefined}
        onClick={() => onOpen(null)}
      >
        About this rule
      </button>
      <ol>
        {guide.steps.map(({ id, kind, title }, place) => (
          <li
            key={id}
            draggable
            data-dragged={dragged === id}
            onDragStart={(event) => {
              setDragged(id);
              event.dataTransfer.effectAllowed = 'move';
              event.dataTransfer.setData('text/plain', id);
            }}
            onDragEnd={() => setDragged(null)}
            onDragOver={over}
            onDrop={(event) => {
              event.preventDefault();
              if (dragged !== null) move(dragged, place);
            }}
          >
            <button
              type="button"
              className={classes['stepButton']}
              aria-current={open === id ? 'step' : undefined}
              aria-keyshortcuts="Alt+ArrowUp Alt+ArrowDown"
              data-faulty={faulty(id)}
              onClick={() => onOpen(id)}
              onKeyDown={(event) => key(event, id, place)}
            >
              {visibleText(title) || 'Without a title'}
              <small>
                {KINDS[kind]}
                {faulty(id) ? ', has a mistake' : null}
              </small>
            </button>
            {open === id ? (
              <span className={classes['moves']}>
                <IconButton
                  label="Move up"
                  icon={IconArrowUp}
                  disabled={place === 0}
                  onClick={() => move(id, place - 1)}
                />
                <IconButton
                  label="Move down"
                  icon={IconArrowDown}
                  disabled={place === guide.steps.length - 1}
                  onClick={() => move(id, place + 1)}
                />
                <IconButton
                  label="Remove this step"
                  icon={IconTrash}
                  disabled={guide.steps.length === 1}
                  onClick={() => onRemove(id)}
                />
              </span>
            ) : null}
          </li>
        ))}
      </ol>
      <Button icon={IconPlus} onClick={onAdd}>
        Add a step
      </Button>
      <p className="visually-hidden" role="status">
        {told}
      </p>
    </nav>
  );
}
