import { Link } from '@tanstack/react-router';
import { warmUpWords } from '#client/format/words.ts';
import { Button, IconButton } from '#client/ui/button.tsx';
import { IconChevronLeft, IconChevronRight, IconMaximize, IconX } from '#client/ui/icons.ts';
import { SeverityMark, StatusMark, Tag, VerdictMark } from '#client/ui/marks.tsx';
import type { Alert } from '#shared/alert/alert.ts';
import { ReportMenu } from '../export/report-menu.tsx';
import classes from './alert-detail.module.css';
import { DeprecationTag } from './deprecation.tsx';
import type { DetailProps } from './detail-props.ts';
import { TagRow } from './tag-row.tsx';

/** What the alert is and where it stands; the controls that change that. */
export function DetailHeader({
  alert,
  actions,
  onClose,
  onMove,
}: Pick<DetailProps, 'actions' | 'onClose' | 'onMove'> & { readonly alert: Alert }) {
  const warmUp = warmUpWords(alert.historyCovered);
  return (
    <header className={classes['header']}>
      <div className={`${classes['line']} ${classes['first']}`}>
        <SeverityMark severity={alert.severity} />
        <h2 className={classes['title']}>
          <Link to="/rules/$slug" params={{ slug: alert.rule }}>
            {alert.ruleName}
          </Link>
        </h2>
        <DeprecationTag slug={alert.rule} />
        <span className={classes['tools']}>
          <ReportMenu selection={{ ids: [alert.id] }} count={1} />
          {onMove ? (
            <>
              <IconButton label="Previous alert" keys="[" icon={IconChevronLeft} onClick={() => onMove(-1)} />
              <IconButton label="Next alert" keys="]" icon={IconChevronRight} onClick={() => onMove(1)} />
            </>
          ) : null}
          {onClose ? (
            <>
              <Link
                to="/alerts/$id"
                params={{ id: alert.id }}
                className={classes['iconLink']}
                aria-label="Open on its own page"
                title="Open on its own page"
              >
                <IconMaximize size={15} />
              </Link>
              <IconButton label="Close the detail" keys="Escape" icon={IconX} onClick={onClose} />
            </>
          ) : null}
        </span>
      </div>
      <div className={classes['line']}>
        <StatusMark status={alert.status} />
        {alert.verdict ? <VerdictMark verdict={alert.verdict} /> : null}
        <span className="dim">{alert.assignee ? `assigned to ${alert.assignee}` : 'not assigned'}</span>
        <TagRow key={alert.id} tags={alert.tags} />
        {warmUp ? (
          <Tag tone="medium" title={warmUp}>
            warm-up: {warmUp.split(':')[0]}
          </Tag>
        ) : null}
        <span className={classes['tools']}>
          {alert.status === 'closed' ? (
            <Button keys="r" onClick={actions.reopen}>
              Reopen
            </Button>
          ) : (
            <>
              {alert.status === 'open' ? (
                <Button keys="v" onClick={actions.acknowledge}>
                  Acknowledge
                </Button>
              ) : null}
              <Button keys="i" onClick={actions.assignToMe}>
                To me
              </Button>
            </>
          )}
          <Button keys="t" onClick={actions.tag}>
            Tag
          </Button>
          <Button keys="n" onClick={actions.note}>
            Note
          </Button>
          {alert.status === 'closed' ? null : (
            <Button look="primary" keys="c" onClick={actions.close}>
              Close…
            </Button>
          )}
        </span>
      </div>
    </header>
  );
}
