import type { Alert } from '#shared/alert/alert.ts';
import type { AlertField, AlertGroup } from '#shared/api/alerts.ts';

/** A line of the queue: an alert, a group of alerts, or that there are more groups than are listed. */
export type QueueRow =
  | { readonly kind: 'alert'; readonly alert: Alert; readonly level: number; readonly within: readonly string[] }
  | GroupRow
  | { readonly kind: 'rest'; readonly groups: number; readonly level: number; readonly within: readonly string[] };

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
