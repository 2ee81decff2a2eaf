import { notFound, Refusal } from '#server/refusal.ts';
import type { StateReader } from '#server/state/open-state.ts';
import type { EventStore } from '#server/store/event-store.ts';
import { type ExceptionCase, exceptionCaseSchema } from '#shared/exceptions/item.ts';

/** Events that a case can carry. */
const MOST_EVENTS = 100;

/** An alert's first occurrence as a case: its events, at the time of its run, must raise it again. */
export async function caseFromAlert(state: StateReader, store: EventStore, id: string): Promise<ExceptionCase> {
  const occurrence = await state
    .selectFrom('occurrences')
    .innerJoin('alerts', 'alerts.id', 'occurrences.alertId')
    .select([
      'occurrences.tick',
      'alerts.commandLine',
      'alerts.ruleName',
      'alerts.eventCount',
      'alerts.occurrenceCount',
    ])
    .where('occurrences.alertId', '=', id)
    .orderBy('occurrences.tick')
    .executeTakeFirst();
  if (!occurrence) throw notFound('alert');
  const rows = await state.selectFrom('alertEvents').select('eventId').where('alertId', '=', id).execute();
  if (rows.length > MOST_EVENTS || occurrence.occurrenceCount > 1) {
    throw new Refusal('invalid-request', 'Only an alert with one occurrence, of at most 100 events, can be a case.');
  }
  const numbers = [...(await store.numbersOf(rows.map(({ eventId }) => eventId))).values()];
  const documents = await store.documents(numbers);
  if (documents.length < rows.length)
    throw new Refusal('invalid-request', 'Events of this alert are no longer stored.');
  return exceptionCaseSchema.parse({
    name: (occurrence.commandLine ?? occurrence.ruleName).slice(0, 200),
    at: occurrence.tick,
    events: documents.map(({ text }) => JSON.parse(text) as unknown),
    alerts: [documents.map((document) => document.id)],
  });
}
