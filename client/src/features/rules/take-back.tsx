import { useState } from 'react';
import { useChange } from '#client/api/use-endpoint.ts';
import { problemOf } from '#client/format/problem.ts';
import { Button } from '#client/ui/button.tsx';
import { TextArea } from '#client/ui/fields.tsx';
import { Dialog } from '#client/ui/overlays.tsx';
import { Failure } from '#client/ui/states.tsx';
import { removeRule } from '#shared/api/rule-editing.ts';
import type { RuleOrigin } from '#shared/api/rules.ts';
import classes from './rules.module.css';

const WORDS = {
  changed: {
    title: 'Put this rule back to the shipped version?',
    text: 'Your changes are lost and cannot be brought back. Its alerts stay.',
    action: 'Put back',
  },
  own: {
    title: 'Remove this rule?',
    text: 'It cannot be brought back. Its alerts stay, and say that their rule is gone.',
    action: 'Remove',
  },
} as const;

/** Takes back what users made of a rule; asks for a reason where that loses true positives or breaks cases. */
export function TakeBack({
  slug,
  origin,
  onDone,
  onClose,
}: {
  readonly slug: string;
  readonly origin: Exclude<RuleOrigin, 'shipped'>;
  readonly onDone: () => void;
  readonly onClose: () => void;
}) {
  const remove = useChange(removeRule, ['rules', 'alerts']);
  const [override, setOverride] = useState('');
  const needsReason = remove.error !== null && problemOf(remove.error).details?.[0]?.path === 'body.override';
  const { title, text, action } = WORDS[origin];
  return (
    <Dialog title={title} open onClose={onClose}>
      <div className={classes['form']}>
        <p>{text}</p>
        {remove.error ? <Failure error={remove.error} /> : null}
        {needsReason ? (
          <TextArea label="Why it may be done all the same" required value={override} onChange={setOverride} />
        ) : null}
        <div className={classes['saveLine']}>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            look="danger"
            busy={remove.isPending}
            onClick={() => remove.mutate({ params: { slug }, body: { why: '', override } }, { onSuccess: onDone })}
          >
            {action}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
