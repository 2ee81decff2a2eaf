import type { Alert } from '#shared/alert/alert.ts';
import { alertIn } from '../queue/queue-row.ts';
import type { QueueRows } from '../queue/use-rows.ts';
import type { Picked } from '../queue/use-selection.ts';

/** Lines that are looked through for chosen alerts. */
const MOST = 1000;

/** The alerts to copy: those chosen of the loaded lines, else the one under the cursor. */
export function copiedAlerts(rows: QueueRows, picked: Picked, current: Alert | undefined): readonly Alert[] {
  if (picked.count === 0) return current ? [current] : [];
  const found = new Map<string, Alert>();
  for (let index = 0; index < Math.min(rows.count, MOST); index++) {
    const row = rows.lineAt(index);
    const alert = alertIn(row);
    if (row && alert && picked.has(row)) found.set(alert.id, alert);
  }
  return [...found.values()];
}
