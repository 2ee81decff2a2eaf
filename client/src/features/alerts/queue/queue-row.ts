import type { Alert } from '#shared/alert/alert.ts';
import type { AlertField } from '#shared/api/alert-filter.ts';
import type { AlertGroup } from '#shared/api/alerts.ts';

/** A line of the queue: an alert, a group of alerts, or that there are more groups than are listed. */
export type QueueRow =
  | AlertRow
  | GroupRow
  | { readonly kind: 'rest'; readonly groups: number; readonly level: number; readonly within: readonly string[] };

interface AlertRow {
  readonly kind: 'alert';
  readonly alert: Alert;
  readonly level: number;
  /** Conditions of the groups that it stands in. */
  readonly within: readonly string[];
}

export interface GroupRow {
  readonly kind: 'group';
  readonly field: AlertField;
  readonly group: AlertGroup;
  readonly level: number;
  /** Conditions that lead here, the group's own last. */
  readonly within: readonly string[];
  readonly unfolded: boolean;
}

/** How the URL names a group that is unfolded. */
export const pathOf = (within: readonly string[]): string => within.join('\u001f');

export const rowKey = (row: QueueRow): string =>
  row.kind === 'alert' ? `${pathOf(row.within)}\n${row.alert.id}` : `${row.kind}\n${pathOf(row.within)}`;

export const alertIn = (row: QueueRow | undefined): Alert | undefined =>
  row?.kind === 'alert' ? row.alert : undefined;

const alertRows = new WeakMap<Alert, AlertRow>();

/** The line of an alert within groups; the same one as long as both are the same, so that it need not be drawn anew. */
export function alertRow(alert: Alert, within: readonly string[]): QueueRow {
  const known = alertRows.get(alert);
  if (known && pathOf(known.within) === pathOf(within)) return known;
  const row: AlertRow = { kind: 'alert', alert, level: within.length + 1, within };
  alertRows.set(alert, row);
  return row;
}
