import { IconButton } from '#client/ui/button.tsx';
import { IconPinnedOff } from '#client/ui/icons.ts';
import { Hostile } from '#client/ui/text.tsx';
import classes from './guide.module.css';
import type { StepDraft } from './step-draft.ts';

export function EvidenceList({
  evidence,
  onUnpin,
}: {
  readonly evidence: StepDraft['evidence'];
  readonly onUnpin: (event: string) => void;
}) {
  if (evidence.length === 0) return null;
  return (
    <section>
      <h3>Evidence</h3>
      <ul className={classes['evidence']}>
        {evidence.map(({ event, summary }) => (
          <li key={event}>
            <code>
              <Hostile text={summary} />
            </code>
            <IconButton label="Unpin" icon={IconPinnedOff} onClick={() => onUnpin(event)} />
          </li>
        ))}
      </ul>
    </section>
  );
}
