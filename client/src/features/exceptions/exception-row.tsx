import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useEndpoint } from '#client/api/use-endpoint.ts';
import { Button } from '#client/ui/button.tsx';
import { SwitchField } from '#client/ui/fields/switch-field.tsx';
import { Tag } from '#client/ui/marks.tsx';
import { Hostile } from '#client/ui/text.tsx';
import { TimeText } from '#client/ui/time-text.tsx';
import { listRules } from '#shared/api/rules.ts';
import { plural } from '#shared/base/counts.ts';
import { exceptionSentence } from '#shared/exceptions/sentence.ts';
import { ChangeDialog, type Listed, type RowChange } from './change-dialog.tsx';
import { ExceptionComments } from './exception-comments.tsx';
import { ExceptionHistory } from './exception-history.tsx';
import classes from './exceptions.module.css';

export function ExceptionRow({ exception, onEdit }: { readonly exception: Listed; readonly onEdit: () => void }) {
  const rules = useEndpoint(listRules, {});
  const rule = rules.data?.rules.find(({ slug }) => slug === exception.rule);
  const [shown, setShown] = useState<'history' | 'comments' | RowChange | null>(null);
  const close = (): void => setShown(null);
  return (
    <li className={classes['row']} data-off={!exception.enabled || exception.expired}>
      <SwitchField
        bare
        label={`Enabled: ${exception.name}`}
        checked={exception.enabled}
        onChange={(on) => setShown(on ? 'enable' : 'disable')}
      />
      <div className={classes['about']}>
        <p>
          <b>{exception.name}</b> <Tag>{exception.stage === 'event' ? 'before counting' : 'after counting'}</Tag>{' '}
          {exception.enabled ? null : <Tag tone="medium">switched off</Tag>}{' '}
          {exception.expired ? <Tag tone="medium">expired</Tag> : null}{' '}
          {exception.tags.map((tag) => (
            <span key={tag}>
              <Tag>{tag}</Tag>{' '}
            </span>
          ))}
        </p>
        <p className={classes['said']}>
          <Hostile text={exceptionSentence(exception.entries, exception.stage)} />
        </p>
        <p className="dim">
          {exception.rule === null ? (
            `${exception.list}, for ${plural(exception.rules.length, 'rule')}`
          ) : (
            <Link to="/rules/$slug" params={{ slug: exception.rule }}>
              {rule?.name ?? exception.rule}
            </Link>
          )}
          {' · '}
          {exception.reason}
        </p>
        <p className="dim">
          {exception.updatedBy}, <TimeText iso={exception.updatedAt} />
          {' · '}
          {exception.expiresAt === null ? (
            'never expires'
          ) : (
            <>
              {exception.expired ? 'expired' : 'expires'} <TimeText iso={exception.expiresAt} />
            </>
          )}
          {' · '}
          {exception.lastHit === null ? (
            'no hits'
          ) : (
            <>
              {plural(exception.hits, 'hit')}, last <TimeText iso={exception.lastHit} />
            </>
          )}
          {exception.origin ? (
            <>
              {' · from '}
              <Link to="/alerts/$id" params={{ id: exception.origin.alert }}>
                an alert
              </Link>
            </>
          ) : null}
        </p>
      </div>
      <span className={classes['rowButtons']}>
        <Button onClick={() => setShown('comments')}>
          {exception.comments.length === 0 ? 'Comment' : plural(exception.comments.length, 'comment')}
        </Button>
        <Button onClick={() => setShown('history')}>History</Button>
        <Button onClick={onEdit}>Edit</Button>
        <Button look="danger" onClick={() => setShown('delete')}>
          Delete
        </Button>
      </span>
      {shown === 'history' ? <ExceptionHistory id={exception.id} name={exception.name} onClose={close} /> : null}
      {shown === 'comments' ? <ExceptionComments exception={exception} onClose={close} /> : null}
      {shown === 'enable' || shown === 'disable' || shown === 'delete' ? (
        <ChangeDialog exception={exception} change={shown} onClose={close} />
      ) : null}
    </li>
  );
}
