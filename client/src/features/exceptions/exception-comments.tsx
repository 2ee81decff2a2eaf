import { useState } from 'react';
import { useChange } from '#client/api/use-endpoint.ts';
import { visibleText } from '#client/format/hostile.ts';
import { Button } from '#client/ui/button.tsx';
import { ButtonRow } from '#client/ui/button-row.tsx';
import { TextArea } from '#client/ui/fields/text-area.tsx';
import { Dialog } from '#client/ui/overlays.tsx';
import { Failure } from '#client/ui/states.tsx';
import { TimeText } from '#client/ui/time-text.tsx';
import { commentException } from '#shared/api/exceptions.ts';
import type { Exception } from '#shared/exceptions/item.ts';
import classes from './exceptions.module.css';

/** What people have said about an exception, and a place to say more. */
export function ExceptionComments({
  exception: { id, name, comments },
  onClose,
}: {
  readonly exception: Pick<Exception, 'id' | 'name' | 'comments'>;
  readonly onClose: () => void;
}) {
  const [text, setText] = useState('');
  const add = useChange(commentException, ['exceptions']);
  return (
    <Dialog title={`Comments on “${name}”`} open onClose={onClose} size="lg">
      <form
        className={classes['form']}
        aria-label="New comment"
        onSubmit={(event) => {
          event.preventDefault();
          add.mutate({ params: { id }, body: { text } }, { onSuccess: () => setText('') });
        }}
      >
        {comments.length === 0 ? <p className="dim">Nobody has said anything yet.</p> : null}
        <ol className={classes['history']} aria-label="Comments">
          {comments.map((comment) => (
            <li key={comment.id}>
              <span>
                <b>{comment.author}</b>, <TimeText iso={comment.at} />
              </span>
              <span>{visibleText(comment.text)}</span>
            </li>
          ))}
        </ol>
        <TextArea label="Comment" value={text} onChange={setText} />
        {add.error ? <Failure error={add.error} /> : null}
        <ButtonRow>
          <Button onClick={onClose}>Close</Button>
          <Button look="primary" type="submit" disabled={text.trim() === ''} busy={add.isPending}>
            Add the comment
          </Button>
        </ButtonRow>
      </form>
    </Dialog>
  );
}
