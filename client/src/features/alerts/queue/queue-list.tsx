import { memo, type RefObject, useCallback, useMemo } from 'react';
import { visibleText } from '#client/format/hostile.ts';
import { usePreferences } from '#client/stores/preferences.ts';
import { Grid } from '#client/ui/grid/grid.tsx';
import type { GridColumn } from '#client/ui/grid/grid-column.ts';
import type { GridHandle } from '#client/ui/grid/grid-props.ts';
import { useCopy } from '#client/ui/use-copy.ts';
import type { Alert } from '#shared/alert/alert.ts';
import { formatCount } from '#shared/base/counts.ts';
import type { QueueSearch } from '../queue-search.ts';
import { cellActions } from './cell-actions.ts';
import { setColumnWidth } from './column-menu.tsx';
import classes from './group-row.module.css';
import { GroupRowView } from './group-row-view.tsx';
import type { QueueColumn } from './queue-columns.tsx';
import { type GroupRow, pathOf, type QueueRow, rowKey } from './queue-row.ts';
import { withAlerts } from './selection.ts';
import { shownColumns } from './shown-columns.ts';
import { toggled } from './toggled.ts';
import type { QueueRows } from './use-rows.ts';
import type { Picked } from './use-selection.ts';

/** The lines of the queue: alerts, or groups with theirs. */
export function QueueList({
  search,
  rows,
  picked,
  all,
  cursor,
  ruleName,
  handle,
  onChange,
  onCursor,
  onOpen,
  onHover,
}: {
  readonly search: QueueSearch;
  readonly rows: QueueRows;
  readonly picked: Picked;
  readonly all: readonly QueueColumn[];
  readonly cursor: number;
  readonly ruleName: RuleName;
  readonly handle: RefObject<GridHandle | null>;
  readonly onChange: (change: Partial<QueueSearch>) => void;
  readonly onCursor: (index: number) => void;
  readonly onOpen: (index: number) => void;
  readonly onHover: (id: string) => void;
}) {
  const chosen = usePreferences((store) => store.queueColumns);
  const isBeside = search.open !== undefined;
  const clipboard = useCopy();
  const columns = useMemo(
    () =>
      shownColumns(all, chosen, isBeside, search.status).map(
        (column): GridColumn<QueueRow> => ({
          ...column,
          cell: (row) => (row.kind === 'alert' ? <AlertCell column={column} alert={row.alert} /> : null),
        }),
      ),
    [all, chosen, isBeside, search.status],
  );
  const fold = (row: GroupRow): void => onChange({ unfolded: toggled(search.unfolded, pathOf(row.within)) });
  const nameOf = useCallback((row: QueueRow) => visibleText(wordsFor(row, ruleName)).slice(0, 120), [ruleName]);
  const loaded = rows.firstBlock ?? [];
  return (
    <Grid<QueueRow>
      label="Alerts"
      columns={columns}
      count={rows.count}
      rowAt={rows.lineAt}
      rowId={rowKey}
      sort={{ id: search.sort, direction: search.direction }}
      onSort={({ id, direction }) => onChange({ sort: id as QueueSearch['sort'], direction })}
      active={cursor}
      onActive={onCursor}
      onOpen={onOpen}
      onHover={(row) => row.kind === 'alert' && onHover(row.alert.id)}
      onRange={rows.onRange}
      isMuted={(row) => row.kind === 'alert' && row.alert.status === 'closed'}
      handle={handle}
      cellActions={(row, id) => {
        const column = all.find((known) => known.id === id);
        return column && row.kind === 'alert' ? cellActions(column, row.alert, search, onChange, clipboard.copy) : [];
      }}
      {...(isBeside ? {} : { onResize: (id: string, width: number) => setColumnWidth(all, id, width) })}
      {...(rows.isGrouped
        ? {
            groups: {
              whole: (row: QueueRow) => wholeRow(row, ruleName, fold),
              levelOf: ({ level }: QueueRow) => level,
              isUnfolded: (row: QueueRow) => (row.kind === 'group' ? row.unfolded : null),
              fold: (index: number, unfolded: boolean) => {
                const row = rows.lineAt(index);
                if (row?.kind === 'group' && row.unfolded !== unfolded) fold(row);
              },
            },
          }
        : {})}
      selection={{
        isSelected: picked.has,
        toggle: (_, index, range) => picked.toggle(index, range),
        all: picked.count === 0 ? 'none' : picked.count >= rows.total ? 'all' : 'some',
        toggleAll: () => {
          if (picked.count > 0) picked.clear();
          else if (rows.isGrouped) picked.everything();
          else
            picked.set(
              withAlerts(
                picked.selection,
                loaded.map(({ id }) => id),
                true,
              ),
            );
        },
        nameOf,
      }}
    />
  );
}

/** Drawn anew when the alert changes, not at every move of the cursor. */
const AlertCell = memo(function AlertCell({ column, alert }: { readonly column: QueueColumn; readonly alert: Alert }) {
  return column.cell(alert);
});

type RuleName = (slug: string) => string;

const groupName = ({ field, group }: GroupRow, ruleName: RuleName): string | null =>
  field === 'rule' && group.value !== null ? ruleName(group.value) : group.value;

function wordsFor(row: QueueRow, ruleName: RuleName): string {
  if (row.kind === 'alert') return row.alert.commandLine ?? row.alert.ruleName;
  return row.kind === 'group' ? `all ${row.group.alerts} of ${groupName(row, ruleName) ?? 'none'}` : 'more groups';
}

/** Null for an alert, whose line has cells. */
function wholeRow(row: QueueRow, ruleName: RuleName, fold: (row: GroupRow) => void) {
  switch (row.kind) {
    case 'alert':
      return null;
    case 'group':
      return <GroupRowView row={row} name={groupName(row, ruleName)} onFold={() => fold(row)} />;
    case 'rest':
      return (
        <span className={classes['rest']}>
          {formatCount(row.groups)} more groups: narrow the queue, or group it by something else
        </span>
      );
  }
}
