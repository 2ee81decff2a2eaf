import type { Alert } from '#shared/alert/alert.ts';

interface Listing {
  readonly alerts: readonly Alert[];
  readonly total: number;
}

/** How many alerts at the top are not among those shown; at least as many as the queue has grown by. */
export function newsIn(shown: { readonly total: number; readonly ids: readonly string[] }, latest: Listing): number {
  if (shown.ids.length === 0) return shown.total === 0 ? latest.total : 0;
  const known = new Set(shown.ids);
  const unseen = latest.alerts.slice(0, shown.ids.length).filter(({ id }) => !known.has(id)).length;
  const grown = Math.max(0, latest.total - shown.total);
  return grown === 0 ? 0 : Math.max(grown, Math.min(unseen, grown));
}

interface Counted extends Listing {
  readonly counts: Readonly<Record<string, number>>;
}

/** What is shown, with the newer state of the alerts that are still there, and the numbers of all; order and number stay. */
export function patched<Shown extends Counted>(now: Shown, latest: Shown): Shown {
  const newer = new Map(latest.alerts.map((alert) => [alert.id, alert]));
  const counted = Object.entries(latest.counts).some(([name, count]) => now.counts[name] !== count);
  const changed = now.alerts.some((alert) => isOther(alert, newer.get(alert.id)));
  if (!changed && !counted) return now;
  return { ...now, counts: latest.counts, alerts: now.alerts.map((alert) => newer.get(alert.id) ?? alert) };
}

/** What analysts answered in its guide, and whether that still holds, does not count as a version of the alert. */
const isOther = (shown: Alert, latest: Alert | undefined): boolean =>
  latest !== undefined &&
  (latest.version !== shown.version || latest.updatedAt !== shown.updatedAt || latest.stepsStale !== shown.stepsStale);
