import { eventSummaries } from '#server/investigate/events.ts';
import type { EventStore } from '#server/store/event-store.ts';
import type { StepState } from '#shared/guide/guide.ts';
import type { EvidenceRecord, ReportedEvent } from '#shared/report/report.ts';
import { sha256 } from './sha256.ts';

/** Texts of records as they came, by public id; what the store does not hold is absent. */
async function recordTexts(store: EventStore, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const numbers = await store.numbersOf(ids);
  const documents = await store.documents([...numbers.values()]);
  const texts = new Map(documents.map(({ number, text }) => [number, text]));
  return new Map(
    [...numbers].flatMap(([id, number]) => {
      const text = texts.get(number);
      return text === undefined ? [] : [[id, text] as const];
    }),
  );
}

/** The earliest of these events with the digests of their records. */
export async function reportedEvents(
  store: EventStore,
  ids: readonly string[],
  most: number,
): Promise<{ events: ReportedEvent[]; missing: number }> {
  const { events, missing } = await eventSummaries(store, ids, most);
  const texts = await recordTexts(
    store,
    events.map(({ id }) => id),
  );
  const digest = (id: string): string | null => {
    const text = texts.get(id);
    return text === undefined ? null : sha256(text);
  };
  return { events: events.map((event) => ({ ...event, sha256: digest(event.id) })), missing };
}

/** The pinned events with their records, in the order of the steps; each once, whichever steps it is pinned to. */
export async function pinnedRecords(
  store: EventStore,
  states: readonly StepState[],
  titleOf: (step: string) => string,
  most: number,
): Promise<{ records: EvidenceRecord[]; pinned: number }> {
  const pins = new Map<string, Omit<EvidenceRecord, 'record' | 'sha256'>>();
  for (const { step, evidence } of states) {
    for (const { event, summary, pinnedAt } of evidence) {
      const known = pins.get(event);
      const steps = [...(known?.steps ?? []), titleOf(step)];
      pins.set(event, known ? { ...known, steps } : { event, summary, pinnedAt, steps });
    }
  }
  const kept = [...pins.values()].slice(0, most);
  const texts = await recordTexts(
    store,
    kept.map(({ event }) => event),
  );
  const records = kept.map((pin) => {
    const record = texts.get(pin.event) ?? null;
    return { ...pin, record, sha256: record === null ? null : sha256(record) };
  });
  return { records, pinned: pins.size };
}
