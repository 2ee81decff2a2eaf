import type { TimeRange } from '#server/rules/ticks.ts';
import type { EventStore } from '#server/store/event-store.ts';
import { instantParam } from './instant-param.ts';

/** The stretch of stored events between two times; an absent end is that of the events. Null where none is stored in it. */
export async function storedRange(
  store: EventStore,
  body: { readonly from?: string | undefined; readonly to?: string | undefined },
): Promise<TimeRange | null> {
  const from = instantParam('body.from', body.from);
  const to = instantParam('body.to', body.to);
  const { window } = await store.statistics();
  if (!window) return null;
  const range = { from: Math.max(from ?? window.from, window.from), to: Math.min(to ?? window.to, window.to) };
  return range.from > range.to ? null : range;
}
