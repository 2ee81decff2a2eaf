import { visibleText } from '#client/format/hostile.ts';
import { IconCheck, IconCopy, IconMinus, IconPlus } from '#client/ui/icons.ts';
import { useCopy } from '#client/ui/use-copy.ts';
import classes from './event-detail.module.css';

/** What can be done with a value: only it, without it, copy. Plain buttons: an event has a hundred of them. */
export function ValueActions({
  field,
  text,
  onFilter,
}: {
  readonly field: string;
  readonly text: string;
  readonly onFilter: ((include: boolean) => void) | null;
}) {
  const clipboard = useCopy();
  const name = `${field}: ${visibleText(text).slice(0, 60)}`;
  return (
    <span className={classes['actions']}>
      {onFilter ? (
        <>
          <button type="button" aria-label={`Only ${name}`} title="Only this value" onClick={() => onFilter(true)}>
            <IconPlus size={13} />
          </button>
          <button
            type="button"
            aria-label={`Without ${name}`}
            title="Without this value"
            onClick={() => onFilter(false)}
          >
            <IconMinus size={13} />
          </button>
        </>
      ) : null}
      <button type="button" aria-label={`Copy ${name}`} title="Copy" onClick={() => clipboard.copy(text)}>
        {clipboard.copied ? <IconCheck size={13} /> : <IconCopy size={13} />}
      </button>
    </span>
  );
}
