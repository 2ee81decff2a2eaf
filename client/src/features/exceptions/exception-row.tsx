import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { AnswerOf } from '#client/api/call.ts';
import { useChange, useEndpoint } from '#client/api/use-endpoint.ts';
import { plural } from '#client/format/number.ts';
import { Button } from '#client/ui/button.tsx';
import { SwitchField } from '#client/ui/fields.tsx';
import { Tag } from '#client/ui/marks.tsx';
import { Hostile } from '#client/ui/text.tsx';
import { TimeText } from '#client/ui/time-text.tsx';
import { showProblem, showUndo } from '#client/ui/toast.tsx';
import { deleteException, type listExceptions, revertException, updateException } from '#shared/api/exceptions.ts';
import { listRules } from '#shared/api/rules.ts';
import { exceptionSentence } from '#shared/exceptions/sentence.ts';
import { ExceptionComments } from './exception-comments.tsx';
import { ExceptionHistory } from './exception-history.tsx';
import classes from './exceptions.module.css';

type Listed = AnswerOf<typeof listExceptions>['exceptions'][number];

export function ExceptionRow({ exception, onEdit }: { readonly exception: Listed; readonly onEdit: () => void }) {
  const update = useChange(updateException, ['exceptions', 'rules']);
  const remove = useChange(deleteException, ['exceptions', 'rules']);
  const revert = useChange(revertException, ['exceptions', 'rules']);
  const rules = useEndpoint(listRules, {});
  const rule = rules.data?.rules.find(({ slug }) => slug === exception.rule);
  const [shown, setShown] = useState<'history' | 'comments' | null>(null);
  const close = (): void => setShown(null);
  /** To the version shown here, also from being deleted. */
  const putBack = () =>
    revert.mutateAsync({ params: { id: exception.id }, body: { version: exception.version, why: '', override: '' } });
  const enable = (enabled: boolean): void => {
    const {
      id,
      version,
      rule: slug,
      list,
      name,
      reason,
      stage,
      entries,
      expiresAt,
      origin,
      osTypes,
      tags,
      cases,
    } = exception;
    const draft = { rule: slug, list, name, reason, stage, entries, expiresAt, origin, osTypes, tags, cases };
    const saving = { why: '', override: '', closeMatching: false };
    update
      .mutateAsync({ params: { id }, body: { ...draft, ...saving, version, enabled } })
      .then(() => showUndo(`“${name}” is switched ${enabled ? 'on' : 'off'}`, putBack), showProblem);
  };
  return (
    <li className={classes['row']} data-off={!exception.enabled || exception.expired}>
      <SwitchField
        bare
        label={`Enabled: ${exception.name}`}
        checked={exception.enabled}
        onChange={enable}
        disabled={update.isPending}
      />
      <div className={classes['about']}>
        <p>
          <b>{exception.name}</b> <Tag>{exception.stage === 'event' ? 'before counting' : 'after counting'}</Tag>{' '}
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
        <Button
          look="danger"
          busy={remove.isPending}
          onClick={() =>
            void remove
              .mutateAsync({ params: { id: exception.id } })
              .then(
                () => showUndo(`“${exception.name}” deleted: it stops applying with the next evaluation`, putBack),
                showProblem,
              )
          }
        >
          Delete
        </Button>
      </span>
      {shown === 'history' ? <ExceptionHistory id={exception.id} name={exception.name} onClose={close} /> : null}
      {shown === 'comments' ? <ExceptionComments exception={exception} onClose={close} /> : null}
    </li>
  );
}
