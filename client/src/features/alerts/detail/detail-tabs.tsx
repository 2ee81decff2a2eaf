import { Fragment, type ReactNode } from 'react';
import { SkeletonRows } from '#client/ui/states.tsx';
import { TabList } from '#client/ui/tab-list.tsx';
import type { Alert } from '#shared/alert/alert.ts';
import type { AlertDetail } from '#shared/api/alerts.ts';
import type { DetailTab } from '../queue-search.ts';
import classes from './alert-detail.module.css';
import { AlertEvents } from './alert-events.tsx';
import type { PanelActions } from './alert-panels.ts';
import type { DetailProps } from './detail-props.ts';
import { HistoryPanel } from './history-panel.tsx';
import { JsonPanel } from './json-panel.tsx';
import { WhyPanel } from './why-panel.tsx';

interface Tab {
  readonly value: DetailTab;
  readonly label: string;
  readonly badge?: string;
  readonly panel: (detail: AlertDetail) => ReactNode;
}

/** The tabs stand while one alert gives way to the next; what is in them is another alert's, and begins anew. */
export function DetailTabs({
  alert,
  detail,
  tab,
  step,
  panels,
  actions,
  onTab,
}: DetailProps & { readonly alert: Alert; readonly detail: AlertDetail | undefined }) {
  const panelActions: PanelActions = {
    step,
    onException: (from) => onTab('exceptions', from),
    onVerdict: actions.closeAs,
    onDone: () => onTab('guide'),
  };
  const notes = detail?.notes.length ?? 0;
  const tabs: readonly Tab[] = [
    { value: 'why', label: 'Why', panel: (read) => <WhyPanel detail={read} /> },
    { value: 'events', label: 'Events', badge: String(alert.eventCount), panel: () => <AlertEvents id={alert.id} /> },
    { value: 'tree', label: 'Tree', panel: (read) => panels.tree(read, panelActions) },
    { value: 'rarity', label: 'Rarity', panel: (read) => panels.rarity(read, panelActions) },
    {
      value: 'guide',
      label: 'Guide',
      badge: `${alert.stepsAnswered}/${alert.stepsTotal}${alert.stepsStale > 0 ? `, ${alert.stepsStale} out of date` : ''}`,
      panel: (read) => panels.guide(read, panelActions),
    },
    { value: 'exceptions', label: 'Exception', panel: (read) => panels.exceptions(read, panelActions) },
    {
      value: 'history',
      label: 'History',
      badge: notes > 0 ? `${notes} ✎` : '',
      panel: (read) => <HistoryPanel detail={read} onNote={actions.note} />,
    },
    { value: 'json', label: 'JSON', panel: (read) => <JsonPanel detail={read} /> },
  ];
  const entries = tabs.map((entry) => ({
    ...entry,
    panel: () => (detail ? <Fragment key={alert.id}>{entry.panel(detail)}</Fragment> : <SkeletonRows rows={12} />),
  }));
  return (
    <div className={classes['tabs']}>
      <TabList label="About this alert" value={tab} tabs={entries} onChange={(next) => onTab(next)} />
    </div>
  );
}
