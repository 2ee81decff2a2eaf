import { eventSummaries } from '#server/investigate/events.ts';
import type { EventStore } from '#server/store/event-store.ts';
import { storedDocument } from '#server/store/records/parse-record.ts';
import { type FlatDocument, flattener } from '#shared/event/document.ts';
import { type EventValues, eventValues } from '#shared/guide/event-values.ts';

/** Events of an alert that its guide looks at: the earliest ones. */
const MOST_EVENTS = 200;

/** By time. */
export interface SubjectEvents {
  /** Their fields as text. */
  readonly events: readonly EventValues[];
  readonly documents: readonly FlatDocument[];
}

export async function loadSubjectEvents(store: EventStore, ids: readonly string[]): Promise<SubjectEvents> {
  const { events } = await eventSummaries(store, ids, MOST_EVENTS);
  const numbers = await store.numbersOf(events.map((event) => event.id));
  const texts = await store.documents([...numbers.values()]);
  const flatten = flattener(store.catalogue);
  const byId = new Map(texts.map(({ id, text }) => [id, flatten(storedDocument(text))] as const));
  const documents = events.map((event) => byId.get(event.id)).filter((document) => document !== undefined);
  return { documents, events: documents.map((document) => eventValues(document, store.catalogue)) };
}
