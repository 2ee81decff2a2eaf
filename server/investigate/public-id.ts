import type { EventStore } from '#server/store/event-store.ts';
import { must } from '#shared/base/assert.ts';
import { EVENT_COLUMN } from '#shared/plan/plan.ts';
import { type Row, valuesOf } from '#shared/plan/value.ts';
import { numberOf } from './summary.ts';

/** The store's number of the event that a source row stands for. */
export const numberOfEvent = (row: Row): number => must(numberOf(row[EVENT_COLUMN]), 'number of an event');

/** The row's only `event.id`; null where there is none, or several, and the store must say by which the event is known. */
function ownId(row: Row): string | null {
  const [id, ...others] = valuesOf(row['event.id']);
  return id === undefined || others.length > 0 ? null : String(id);
}

/** How these source rows' events are known; the rows need `event.id`. The store is asked only about rows that do not say. */
export async function publicIds(store: EventStore, rows: readonly Row[]): Promise<(row: Row) => string> {
  const unsaid = rows.filter((row) => ownId(row) === null).map(numberOfEvent);
  const ids = await store.idsOf(unsaid);
  return (row) => ownId(row) ?? must(ids.get(numberOfEvent(row)), 'public id of an event');
}
