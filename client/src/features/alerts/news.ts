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

/** What is shown, with the newer state of the alerts that are still there; order and number stay. */
export function patched<Shown extends Listing>(now: Shown, latest: Listing): Shown {
  const newer = new Map(latest.alerts.map((alert) => [alert.id, alert]));
  const changed = now.alerts.some((alert) => (newer.get(alert.id)?.version ?? alert.version) !== alert.version);
  if (!changed) return now;
  return { ...now, alerts: now.alerts.map((alert) => newer.get(alert.id) ?? alert) };
}
