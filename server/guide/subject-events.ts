import { eventSummaries } from '#server/investigate/events.ts';
import type { EventStore } from '#server/store/event-store.ts';
import { flattener } from '#shared/event/document.ts';
import { type EventValues, eventValues } from '#shared/guide/event-values.ts';

/** Events of an alert that its guide looks at: the earliest ones. */
const MOST_EVENTS = 200;

/** The fields of these events as text, by time. */
export async function loadEventValues(store: EventStore, ids: readonly string[]): Promise<readonly EventValues[]> {
  const { events } = await eventSummaries(store, ids, MOST_EVENTS);
  const numbers = await store.numbersOf(events.map((event) => event.id));
  const documents = await store.documents([...numbers.values()]);
  const flatten = flattener(store.catalogue);
  const byId = new Map(
    documents.map(({ id, text }) => [id, eventValues(flatten(JSON.parse(text)), store.catalogue)] as const),
  );
  return events.map((event) => byId.get(event.id)).filter((values) => values !== undefined);
}
