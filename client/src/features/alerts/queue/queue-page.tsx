import { getRouteApi } from '@tanstack/react-router';
import { useMemo } from 'react';
import { setPreference, usePreferences } from '#client/stores/preferences.ts';
import { Split } from '#client/ui/split.tsx';
import { Failure, SkeletonRows } from '#client/ui/states.tsx';
import { AlertDetailView } from '../detail/alert-detail.tsx';
import type { AlertPanels } from '../detail/alert-panels.ts';
import { copiedAlerts } from '../export/copied-alerts.ts';
import { CopyAs } from '../export/copy-dialog.tsx';
import { clearedFilter, type QueueSearch } from '../queue-search.ts';
import { useDefaultView } from '../views/use-default-view.ts';
import { ViewMenu } from '../views/view-menu.tsx';
import { BulkBar } from './bulk-bar.tsx';
import { ColumnMenu } from './column-menu.tsx';
import { ConditionChips } from './condition-chips.tsx';
import { FilterBar } from './filter-bar.tsx';
import { GroupMenu } from './group-menu.tsx';
import { KpiStrip } from './kpi-strip.tsx';
import { NewsButton } from './news-button.tsx';
import classes from './queue.module.css';
import { queueColumns } from './queue-columns.tsx';
import { QueueEmpty } from './queue-empty.tsx';
import { QueueHistogram } from './queue-histogram.tsx';
import { QueueList } from './queue-list.tsx';
import { useNews } from './use-news.ts';
import { useQueueWork } from './use-queue-work.ts';
import { useRows } from './use-rows.ts';
import { useRuleLabel, useRuleName } from './use-rule-label.ts';

const route = getRouteApi('/alerts');

/** The queue: what is open, narrowed and grouped; one alert beside it; changes to one or many. */
export function QueuePage({ panels }: { readonly panels: AlertPanels }) {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const narrow = (change: Partial<QueueSearch>): void =>
    void navigate({ search: (now) => ({ ...now, ...change }), replace: true });

  useDefaultView(search, (next) => void navigate({ search: next, replace: true }));
  const rows = useRows(search);
  const news = useNews(search, rows.firstBlock && { total: rows.total, ids: rows.firstBlock.map(({ id }) => id) });
  const work = useQueueWork(search, rows, narrow);
  const { picked, chosen, current } = work;
  const share = usePreferences((store) => store.detailShare);
  const withChart = usePreferences((store) => store.queueChart);

  const ruleLabel = useRuleLabel();
  const all = useMemo(() => queueColumns(ruleLabel), [ruleLabel]);
  const ruleName = useRuleName();
  const copied = useMemo(() => copiedAlerts(rows, picked, current), [rows, picked, current]);
  const list = (
    <div className={classes['list']}>
      {rows.error && !rows.loaded ? <Failure error={rows.error} retry={rows.retry} /> : null}
      {!rows.loaded && !rows.error ? <SkeletonRows rows={20} /> : null}
      {rows.loaded && rows.total === 0 ? <QueueEmpty search={search} onClear={() => narrow(clearedFilter)} /> : null}
      {rows.loaded && rows.total > 0 ? (
        <QueueList
          search={search}
          rows={rows}
          picked={picked}
          all={all}
          cursor={work.cursor}
          ruleName={ruleName}
          handle={work.grid}
          onChange={narrow}
          onCursor={work.moveTo}
          onOpen={work.open}
          onHover={(id) => work.prefetch([id])}
        />
      ) : null}
    </div>
  );

  return (
    <div className={classes['page']} data-beside={search.open !== undefined}>
      <h1 className="visually-hidden">Alerts</h1>
      <KpiStrip search={search} counts={rows.counts} ready={rows.loaded} onChange={narrow} />
      {withChart ? <QueueHistogram search={search} ready={rows.loaded} onChange={narrow} /> : null}
      <FilterBar
        search={search}
        total={rows.loaded ? rows.total : null}
        failed={rows.error !== null}
        onChange={narrow}
        textBox={work.textBox}
      >
        <GroupMenu search={search} onChange={narrow} />
        <ColumnMenu all={all} />
        <ViewMenu search={search} onShow={(next) => void navigate({ search: next, replace: true })} />
      </FilterBar>
      <ConditionChips search={search} onChange={narrow} />
      <div className={classes['work']}>
        <NewsButton count={news.count} onShow={news.show} />
        <Split
          share={share}
          onShare={(next) => setPreference('detailShare', next)}
          first={list}
          second={
            search.open ? (
              <AlertDetailView
                id={search.open}
                known={current?.id === search.open ? current : undefined}
                neighbours={work.neighbours}
                tab={search.tab}
                step={search.step ?? null}
                panels={panels}
                actions={work.actions}
                onTab={(tab, step) => narrow({ tab, step })}
                onClose={work.close}
                onMove={work.move}
              />
            ) : null
          }
        />
        {chosen ? (
          <BulkBar
            count={picked.count}
            total={rows.total}
            everything={picked.selection.kind === 'matching'}
            selection={chosen}
            busy={work.busy}
            actions={work.actions}
            onEverything={picked.everything}
            onClear={picked.clear}
          />
        ) : null}
      </div>
      <CopyAs alerts={copied} />
      {work.dialogs}
    </div>
  );
}
