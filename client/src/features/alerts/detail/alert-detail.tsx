import { useEndpoint } from '#client/api/use-endpoint.ts';
import { Button } from '#client/ui/button.tsx';
import { Failure, SkeletonRows } from '#client/ui/states.tsx';
import type { Alert } from '#shared/alert/alert.ts';
import { type AlertDetail, getAlert } from '#shared/api/alerts.ts';
import classes from './alert-detail.module.css';
import { CommandBlock } from './command-block.tsx';
import { DetailHeader } from './detail-header.tsx';
import type { DetailProps } from './detail-props.ts';
import { DetailTabs } from './detail-tabs.tsx';
import { usePrefetchedAlerts } from './prefetch-alerts.ts';
import { StaleNotice } from './stale-notice.tsx';

/** One alert: what it is, why it fired, what was done about it, and everything to decide by. */
export function AlertDetailView({
  id,
  known,
  neighbours = [],
  ...props
}: DetailProps & {
  readonly id: string;
  /** What the queue's row knows of it: shown until the rest is there. */
  readonly known?: Alert | undefined;
  /** Alerts that come next: read once this one is there. */
  readonly neighbours?: readonly string[];
}) {
  const query = useEndpoint(getAlert, { params: { id } });
  usePrefetchedAlerts(query.isSuccess ? neighbours : []);
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
  const alert = query.data?.alert ?? known;
  if (!alert) return <SkeletonRows rows={14} />;
  return <Detail alert={alert} detail={query.data} {...props} />;
}

/** What the alert is and what ran stand at their place at once; the rest as soon as it is read. */
function Detail({
  alert,
  detail,
  ...props
}: DetailProps & { readonly alert: Alert; readonly detail: AlertDetail | undefined }) {
  return (
    <article className={classes['detail']} aria-label="Alert" aria-busy={detail === undefined} data-alert={alert.id}>
      <DetailHeader alert={alert} {...props} />
      <div className={classes['summary']}>
        <div className={classes['why']}>{detail ? detail.why : <SkeletonRows rows={1} />}</div>
        <CommandBlock alert={alert} />
        {props.tab === 'guide' ? null : <StaleNotice alert={alert} onOpen={() => props.onTab('guide')} />}
      </div>
      <DetailTabs alert={alert} detail={detail} {...props} />
    </article>
  );
}
