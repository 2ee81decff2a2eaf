import { type TabEntry, TabList } from '#client/ui/tab-list.tsx';
import type { AlertDetail } from '#shared/api/alerts.ts';
import type { DetailTab } from '../queue-search.ts';
import classes from './alert-detail.module.css';
import { AlertEvents } from './alert-events.tsx';
import type { PanelActions } from './alert-panels.ts';
import type { DetailProps } from './detail-props.ts';
import { HistoryPanel } from './history-panel.tsx';
import { JsonPanel } from './json-panel.tsx';
import { WhyPanel } from './why-panel.tsx';

export function DetailTabs({
  detail,
  tab,
  step,
  panels,
  actions,
  onTab,
}: DetailProps & { readonly detail: AlertDetail }) {
  const { alert } = detail;
  const panelActions: PanelActions = {
    step,
    onException: (from) => onTab('exceptions', from),
    onVerdict: actions.closeAs,
    onDone: () => onTab('guide'),
  };
  const tabs: readonly TabEntry<DetailTab>[] = [
    { value: 'why', label: 'Why', panel: () => <WhyPanel detail={detail} /> },
    { value: 'events', label: 'Events', badge: String(alert.eventCount), panel: () => <AlertEvents id={alert.id} /> },
    { value: 'tree', label: 'Tree', panel: () => panels.tree(detail, panelActions) },
    { value: 'rarity', label: 'Rarity', panel: () => panels.rarity(detail, panelActions) },
    {
      value: 'guide',
      label: 'Guide',
      badge: `${alert.stepsAnswered}/${alert.stepsTotal}${alert.stepsStale > 0 ? `, ${alert.stepsStale} out of date` : ''}`,
      panel: () => panels.guide(detail, panelActions),
    },
    { value: 'exceptions', label: 'Exception', panel: () => panels.exceptions(detail, panelActions) },
    {
      value: 'history',
      label: 'History',
      badge: detail.notes.length > 0 ? `${detail.notes.length} ✎` : '',
      panel: () => <HistoryPanel detail={detail} onNote={actions.note} />,
    },
    { value: 'json', label: 'JSON', panel: () => <JsonPanel detail={detail} /> },
  ];
  return (
    <div className={classes['tabs']}>
      <TabList label="About this alert" value={tab} tabs={tabs} onChange={(next) => onTab(next)} />
    </div>
  );
}
