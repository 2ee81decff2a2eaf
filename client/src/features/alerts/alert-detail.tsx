import { usePrefetchQuery } from '@tanstack/react-query';
import { endpointQuery, useEndpoint } from '#client/api/use-endpoint.ts';
import { Button } from '#client/ui/button.tsx';
import { Failure, SkeletonRows } from '#client/ui/states.tsx';
import type { Alert } from '#shared/alert/alert.ts';
import { type AlertDetail, getAlert, relatedAlerts } from '#shared/api/alerts.ts';
import classes from './alert-detail.module.css';
import { CommandBlock } from './command-block.tsx';
import { DetailHeader } from './detail-header.tsx';
import type { DetailProps } from './detail-props.ts';
import { DetailTabs } from './detail-tabs.tsx';
import { StaleNotice } from './stale-notice.tsx';

/** One alert: what it is, why it fired, what was done about it, and everything to decide by. */
export function AlertDetailView({
  id,
  known,
  ...props
}: DetailProps & {
  readonly id: string;
  /** What the queue's row knows of it: shown until the rest is there. */
  readonly known?: Alert | undefined;
}) {
  usePrefetchQuery(endpointQuery(relatedAlerts, { params: { id } }));
  const query = useEndpoint(getAlert, { params: { id } });
  if (query.isError && !query.data) {
    return (
      <div className={classes['state']}>
        <Failure error={query.error} retry={() => void query.refetch()} />
        {props.onClose ? (
          <Button keys="Escape" onClick={props.onClose}>
            Close
          </Button>
        ) : null}
      </div>
    );
  }
  if (query.data) return <Loaded detail={query.data} {...props} />;
  return known ? <Known alert={known} {...props} /> : <SkeletonRows rows={14} />;
}

function Loaded({ detail, ...props }: DetailProps & { readonly detail: AlertDetail }) {
  return (
    <article className={classes['detail']} aria-label="Alert" data-alert={detail.alert.id}>
      <DetailHeader alert={detail.alert} {...props} />
      <div className={classes['summary']}>
        <p className={classes['why']}>{detail.why}</p>
        <CommandBlock alert={detail.alert} />
        {props.tab === 'guide' ? null : <StaleNotice alert={detail.alert} onOpen={() => props.onTab('guide')} />}
      </div>
      <DetailTabs key={detail.alert.id} detail={detail} {...props} />
    </article>
  );
}

/** The alert as its row has it: what it is and what ran stand at once, at their place. */
function Known({ alert, ...props }: DetailProps & { readonly alert: Alert }) {
  return (
    <article className={classes['detail']} aria-label="Alert" aria-busy="true">
      <DetailHeader alert={alert} {...props} />
      <div className={classes['summary']}>
        <SkeletonRows rows={1} />
        <CommandBlock alert={alert} />
      </div>
      <SkeletonRows rows={12} />
    </article>
  );
}
