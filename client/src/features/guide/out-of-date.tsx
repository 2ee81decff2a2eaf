import { visibleText } from '#client/format/hostile.ts';
import { Button } from '#client/ui/button.tsx';
import { Notice } from '#client/ui/states.tsx';
import { changeWords } from '#shared/guide/change-words.ts';
import type { SeenChange } from '#shared/guide/seen.ts';
import classes from './guide.module.css';

/** What the data says otherwise than when the step was answered. */
export function OutOfDate({
  changes,
  onConfirm,
}: {
  readonly changes: readonly SeenChange[];
  readonly onConfirm: () => void;
}) {
  return (
    <Notice
      tone="medium"
      title="Later data contradicts this answer"
      action={<Button onClick={onConfirm}>It still holds</Button>}
    >
      <ul className={classes['changes']}>
        {changes.map((change) => (
          <li key={changeWords(change)}>{sentence(changeWords(change))}</li>
        ))}
      </ul>
    </Notice>
  );
}

const sentence = (words: string): string => {
  const text = visibleText(words);
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}${text.endsWith('.') ? '' : '.'}`;
};
