import { useEndpoint } from '#client/api/use-endpoint.ts';
import { Button } from '#client/ui/button.tsx';
import { Failure, SkeletonRows } from '#client/ui/states.tsx';
import { type AlertDetail, getAlert } from '#shared/api/alerts.ts';
import classes from './alert-detail.module.css';
import { CommandBlock } from './command-block.tsx';
import { DetailHeader } from './detail-header.tsx';
import type { DetailProps } from './detail-props.ts';
import { DetailTabs } from './detail-tabs.tsx';

/** One alert: what it is, why it fired, what was done about it, and everything to decide by. */
export function AlertDetailView({ id, ...props }: DetailProps & { readonly id: string }) {
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
  if (!query.data) return <SkeletonRows rows={14} />;
  return <Loaded detail={query.data} {...props} />;
}

function Loaded({ detail, ...props }: DetailProps & { readonly detail: AlertDetail }) {
  return (
    <article className={classes['detail']} aria-label="Alert">
      <DetailHeader detail={detail} {...props} />
      <div className={classes['summary']}>
        <p className={classes['why']}>{detail.why}</p>
        <CommandBlock alert={detail.alert} />
      </div>
      <DetailTabs key={detail.alert.id} detail={detail} {...props} />
    </article>
  );
}
