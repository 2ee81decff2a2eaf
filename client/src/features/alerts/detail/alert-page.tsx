import { getRouteApi, Link } from '@tanstack/react-router';
import { Page } from '#client/ui/page.tsx';
import { useAlertActions } from '../changes/use-alert-actions.tsx';
import { useAlertChanges } from '../changes/use-alert-changes.ts';
import classes from './alert-detail.module.css';
import { AlertDetailView } from './alert-detail.tsx';
import type { AlertPanels } from './alert-panels.ts';

const route = getRouteApi('/alerts/$id');

/** One alert on a page of its own. */
export function AlertPage({ panels }: { readonly panels: AlertPanels }) {
  const { id } = route.useParams();
  const { tab, step } = route.useSearch();
  const navigate = route.useNavigate();
  const changes = useAlertChanges();
  const { dialogs, ...actions } = useAlertActions({
    target: { ids: [id] },
    apply: (change, ended) => changes.apply({ ids: [id] }, change, ended),
  });
  return (
    <Page
      title="Alert"
      fill
      note={
        <Link to="/alerts" search={{ open: id }}>
          Show in the queue
        </Link>
      }
    >
      <div className={classes['standalone']}>
        <AlertDetailView
          id={id}
          tab={tab}
          step={step ?? null}
          panels={panels}
          actions={actions}
          onTab={(next, from) => void navigate({ search: { tab: next, step: from }, replace: true })}
        />
      </div>
      {dialogs}
    </Page>
  );
}
