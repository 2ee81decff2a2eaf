import { getRouteApi } from '@tanstack/react-router';
import { useMemo, useRef, useState } from 'react';
import { setPreference, usePreferences } from '#client/stores/preferences.ts';
import type { GridHandle } from '#client/ui/grid/grid.tsx';
import { Split } from '#client/ui/split.tsx';
import { Failure, SkeletonRows } from '#client/ui/states.tsx';
import { AlertDetailView } from './alert-detail.tsx';
import type { AlertPanels } from './alert-panels.ts';
import { BulkBar } from './bulk-bar.tsx';
import { ColumnMenu } from './column-menu.tsx';
import { ConditionChips } from './condition-chips.tsx';
import { copiedAlerts } from './copied-alerts.ts';
import { CopyAs } from './copy-dialog.tsx';
import { FilterBar } from './filter-bar.tsx';
import { GroupMenu } from './group-menu.tsx';
import { KpiStrip } from './kpi-strip.tsx';
import { NewsButton } from './news-button.tsx';
import classes from './queue.module.css';
import { queueColumns } from './queue-columns.tsx';
import { QueueEmpty } from './queue-empty.tsx';
import { QueueHistogram } from './queue-histogram.tsx';
import { QueueList } from './queue-list.tsx';
import { alertIn, pathOf } from './queue-row.ts';
import { clearedFilter, filterOf, type QueueSearch } from './queue-search.ts';
import { selectionRequest } from './selection.ts';
import { toggled } from './toggled.ts';
import { useAlertActions } from './use-alert-actions.tsx';
import { useAlertChanges } from './use-alert-changes.ts';
import { useDefaultView } from './use-default-view.ts';
import { useNews } from './use-news.ts';
import { useRows } from './use-rows.ts';
import { useRuleLabel, useRuleName } from './use-rule-label.ts';
import { useSelection } from './use-selection.ts';
import { ViewMenu } from './view-menu.tsx';

const route = getRouteApi('/alerts');

/** The queue: what is open, narrowed and grouped; one alert beside it; changes to one or many. */
export function QueuePage({ panels }: { readonly panels: AlertPanels }) {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const narrow = (change: Partial<QueueSearch>): void =>
    void navigate({ search: (now) => ({ ...now, ...change }), replace: true });

  useDefaultView(search, (next) => void navigate({ search: next, replace: true }));
  const rows = useRows(search);
  const filter = filterOf(search);
  const ids = rows.firstBlock?.map(({ id }) => id) ?? [];
  const news = useNews(search, { total: rows.total, ids });
  const [kept, setCursor] = useState(-1);
  const picked = useSelection(rows.lineAt, JSON.stringify(filter), rows.total);
  const changes = useAlertChanges();
  const share = usePreferences((store) => store.detailShare);
  const withChart = usePreferences((store) => store.queueChart);
  const textBox = useRef<HTMLInputElement>(null);
  const grid = useRef<GridHandle>(null);

  const openIndex = search.open && !rows.isGrouped ? ids.indexOf(search.open) : -1;
  // A link that opens an alert puts the cursor on it once its row is known.
  const cursor = openIndex >= 0 ? openIndex : Math.min(kept, rows.count - 1);

  /** Another alert in the detail: the tab stays, what was being made of the last one does not. */
  const besides = (id: string | undefined): Partial<QueueSearch> =>
    id === search.open ? {} : { open: id, step: undefined, tab: search.tab === 'exceptions' ? 'why' : search.tab };
  const open = (index: number): void => {
    const row = rows.lineAt(index);
    setCursor(index);
    if (row?.kind === 'alert') narrow(besides(row.alert.id));
    else if (row?.kind === 'group') narrow({ unfolded: toggled(search.unfolded, pathOf(row.within)) });
  };
  /** To another line: beside the queue an alert follows the cursor, a group does not unfold by it. */
  const moveTo = (index: number): void => {
    if (search.open && rows.lineAt(index)?.kind === 'alert') open(index);
    else setCursor(index);
  };
  const close = (): void => {
    setCursor(cursor);
    narrow({ open: undefined, tab: 'why', step: undefined });
  };
  const move = (to: number): void => {
    if (rows.count > 0) moveTo(Math.max(0, Math.min(rows.count - 1, to)));
  };

  const chosen = selectionRequest(picked.selection, filter);
  const current = alertIn(rows.lineAt(cursor));
  const one = search.open ?? current?.id;
  const target = chosen ?? (one === undefined ? null : { ids: [one] });
  /** After a change that takes the open alert out of the list, the next one takes its place. */
  const advance = (leaves: boolean): void => {
    picked.clear();
    if (chosen || !leaves || !search.open) return;
    const next = alertIn(rows.lineAt(cursor + 1)) ?? alertIn(rows.lineAt(cursor - 1));
    narrow(besides(next?.id));
  };
  const act = useAlertActions({
    target,
    apply: (change, ended) => {
      if (!target) return;
      const leaves = change.status !== undefined && search.status !== 'all' && change.status !== search.status;
      changes.apply(target, change, (taken) => {
        if (taken) advance(leaves);
        ended?.(taken);
      });
    },
    undo: changes.undoLast,
    move: (by) => move(cursor + by),
    toggle: (range) => cursor >= 0 && picked.toggle(cursor, range),
    open: () => cursor >= 0 && open(cursor),
    escape: () => (chosen ? picked.clear() : close()),
    focusFilter: () => textBox.current?.focus(),
    cellMenu: () => grid.current?.openCellMenu(),
    isOpen: search.open !== undefined,
  });

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
          cursor={cursor}
          ruleName={ruleName}
          handle={grid}
          onChange={narrow}
          onCursor={moveTo}
          onOpen={open}
        />
      ) : null}
    </div>
  );

  return (
    <div className={classes['page']}>
      <h1 className="visually-hidden">Alerts</h1>
      <KpiStrip search={search} counts={rows.counts} onChange={narrow} />
      {withChart ? <QueueHistogram search={search} onChange={narrow} /> : null}
      <FilterBar search={search} total={rows.total} onChange={narrow} textBox={textBox}>
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
                tab={search.tab}
                step={search.step ?? null}
                panels={panels}
                actions={act}
                onTab={(tab, step) => narrow({ tab, step })}
                onClose={close}
                onMove={(by) => move(cursor + by)}
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
            busy={changes.busy}
            actions={act}
            onEverything={picked.everything}
            onClear={picked.clear}
          />
        ) : null}
      </div>
      <CopyAs alerts={copied} />
      {act.dialogs}
    </div>
  );
}
