import { getRouteApi } from '@tanstack/react-router';
import { useMemo, useRef, useState } from 'react';
import { visibleText } from '#client/format/hostile.ts';
import { setPreference, usePreferences } from '#client/stores/preferences.ts';
import { Grid } from '#client/ui/grid/grid.tsx';
import { Split } from '#client/ui/split.tsx';
import { Failure, SkeletonRows } from '#client/ui/states.tsx';
import type { Alert } from '#shared/alert/alert.ts';
import { AlertDetailView } from './alert-detail.tsx';
import type { AlertPanels } from './alert-panels.ts';
import { BulkBar } from './bulk-bar.tsx';
import { FilterBar } from './filter-bar.tsx';
import { GroupStrip } from './group-strip.tsx';
import { KpiStrip } from './kpi-strip.tsx';
import { NewsButton } from './news-button.tsx';
import classes from './queue.module.css';
import { NARROW_COLUMNS, wideColumns } from './queue-columns.tsx';
import { QueueEmpty } from './queue-empty.tsx';
import { QueueHistogram } from './queue-histogram.tsx';
import { clearedFilter, filterOf, type QueueSearch } from './queue-search.ts';
import { isSelected, selectedCount, selectionRequest, withAlerts } from './selection.ts';
import { useAlertActions } from './use-alert-actions.tsx';
import { useAlertChanges } from './use-alert-changes.ts';
import { useNews } from './use-news.ts';
import { useQueue } from './use-queue.ts';
import { useRuleLabel } from './use-rule-label.ts';
import { useSelection } from './use-selection.ts';

const route = getRouteApi('/alerts');

/** The queue: what is open, narrowed and grouped; one alert beside it; changes to one or many. */
export function QueuePage({ panels }: { readonly panels: AlertPanels }) {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const narrow = (change: Partial<QueueSearch>): void =>
    void navigate({ search: (now) => ({ ...now, ...change }), replace: true });

  const queue = useQueue(search);
  const filter = filterOf(search);
  const ids = queue.firstBlock?.map(({ id }) => id) ?? [];
  const news = useNews(search, { total: queue.total, ids });
  const [kept, setCursor] = useState(-1);
  const picked = useSelection(queue.rowAt, JSON.stringify(filter));
  const changes = useAlertChanges();
  const share = usePreferences((store) => store.detailShare);
  const textBox = useRef<HTMLInputElement>(null);

  const openIndex = search.open ? ids.indexOf(search.open) : -1;
  // A link that opens an alert puts the cursor on it once its row is known.
  const cursor = openIndex >= 0 ? openIndex : kept;

  /** Another alert in the detail: the tab stays, what was being made of the last one does not. */
  const besides = (id: string | undefined): Partial<QueueSearch> =>
    id === search.open ? {} : { open: id, step: undefined, tab: search.tab === 'exceptions' ? 'why' : search.tab };
  const open = (index: number): void => {
    const alert = queue.rowAt(index);
    setCursor(index);
    if (alert) narrow(besides(alert.id));
  };
  const close = (): void => {
    setCursor(cursor);
    narrow({ open: undefined, tab: 'why', step: undefined });
  };
  const move = (to: number): void => {
    const index = Math.max(0, Math.min(queue.total - 1, to));
    if (queue.total === 0) return;
    if (search.open) open(index);
    else setCursor(index);
  };

  const chosen = selectionRequest(picked.selection, filter);
  const count = selectedCount(picked.selection, queue.total);
  const current: Alert | undefined = queue.rowAt(cursor);
  const target = chosen ?? (search.open ? { ids: [search.open] } : current ? { ids: [current.id] } : null);
  /** After a change that takes the open alert out of the list, the next one takes its place. */
  const advance = (leaves: boolean): void => {
    picked.clear();
    if (chosen || !leaves || !search.open) return;
    const next = queue.rowAt(cursor + 1) ?? queue.rowAt(cursor - 1);
    narrow(besides(next?.id));
  };
  const act = useAlertActions({
    target,
    apply: (change) => {
      if (!target) return;
      const leaves = change.status !== undefined && search.status !== 'all' && change.status !== search.status;
      changes.apply(target, change, () => advance(leaves));
    },
    undo: changes.undoLast,
    move: (by) => move(cursor + by),
    toggle: (range) => cursor >= 0 && picked.toggle(cursor, range),
    open: () => cursor >= 0 && open(cursor),
    escape: () => (chosen ? picked.clear() : close()),
    focusFilter: () => textBox.current?.focus(),
    isOpen: search.open !== undefined,
  });

  const ruleLabel = useRuleLabel();
  const columns = useMemo(() => wideColumns(ruleLabel), [ruleLabel]);
  const loadedRows = queue.firstBlock ?? [];
  const list = (
    <div className={classes['list']}>
      {queue.error && !queue.loaded ? <Failure error={queue.error} retry={queue.retry} /> : null}
      {!queue.loaded && !queue.error ? <SkeletonRows rows={20} /> : null}
      {queue.loaded && queue.total === 0 ? <QueueEmpty search={search} onClear={() => narrow(clearedFilter)} /> : null}
      {queue.loaded && queue.total > 0 ? (
        <Grid<Alert>
          label="Alerts"
          columns={search.open ? NARROW_COLUMNS : columns}
          count={queue.total}
          rowAt={queue.rowAt}
          rowId={(alert) => alert.id}
          sort={{ id: search.sort, direction: search.direction }}
          onSort={({ id, direction }) => narrow({ sort: id as QueueSearch['sort'], direction })}
          active={cursor}
          onActive={(index) => (search.open ? open(index) : setCursor(index))}
          onOpen={open}
          onRange={queue.onRange}
          isMuted={(alert) => alert.status === 'closed'}
          selection={{
            isSelected: (alert) => isSelected(picked.selection, alert.id),
            toggle: (_, index, range) => picked.toggle(index, range),
            all: count === 0 ? 'none' : count >= queue.total ? 'all' : 'some',
            toggleAll: () =>
              count > 0
                ? picked.clear()
                : picked.set(
                    withAlerts(
                      picked.selection,
                      loadedRows.map(({ id }) => id),
                      true,
                    ),
                  ),
            nameOf: (alert) => visibleText(alert.commandLine ?? alert.ruleName).slice(0, 120),
          }}
        />
      ) : null}
    </div>
  );

  return (
    <div className={classes['page']}>
      <h1 className="visually-hidden">Alerts</h1>
      <KpiStrip search={search} counts={queue.counts} onChange={narrow} />
      <QueueHistogram search={search} onChange={narrow} />
      <FilterBar search={search} total={queue.total} onChange={narrow} textBox={textBox} />
      <GroupStrip search={search} onChange={narrow} />
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
            count={count}
            total={queue.total}
            everything={picked.selection.kind === 'matching'}
            selection={chosen}
            busy={changes.busy}
            actions={act}
            onEverything={picked.everything}
            onClear={picked.clear}
          />
        ) : null}
      </div>
      {act.dialogs}
    </div>
  );
}
