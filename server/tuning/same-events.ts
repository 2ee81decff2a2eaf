import type { EventNumber } from '#server/store/event-store.ts';
import type { ReplayedAlert, ReplayedAlerts } from './replayed-alert.ts';

/**
 * The alerts of a rule that groups by other keys than it did, under the keys of the alerts whose events they have: an alert is
 * lost when none of its events alerts any more, not when it goes by another name.
 */
export function withSameEvents(before: ReplayedAlerts, after: ReplayedAlerts): ReplayedAlerts {
  const byEvent = new Map<EventNumber, string>();
  for (const [keys, { events }] of after) for (const event of events) byEvent.set(event, keys);
  const renamed = new Map<string, ReplayedAlert>();
  const met = new Set<string>();
  for (const [keys, { events }] of before) {
    const event = [...events].find((one) => byEvent.has(one));
    const found = event === undefined ? undefined : byEvent.get(event);
    const alert = found === undefined ? undefined : after.get(found);
    if (found === undefined || !alert) continue;
    met.add(found);
    renamed.set(keys, alert);
  }
  for (const [keys, alert] of after) if (!met.has(keys)) renamed.set(keys, alert);
  return renamed;
}
