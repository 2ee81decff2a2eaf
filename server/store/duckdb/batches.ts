import type { StoredBatch } from '#server/store/event-store.ts';
import { countOf, type Session } from './connection.ts';

/** See `EventStore.stored`. */
export async function storedBatch(session: Session, batch: number): Promise<StoredBatch | null> {
  const [known] = await session.rows('SELECT events FROM batches WHERE batch = $1', [batch]);
  if (!known) return null;
  const [row] = await session.rows(
    'SELECT epoch_ms(min("@timestamp")) AS first, epoch_ms(max("@timestamp")) AS last FROM events WHERE batch = $1',
    [batch],
  );
  const from = row?.['first'];
  const window = from === null || from === undefined ? null : { from: countOf(from), to: countOf(row?.['last']) };
  return { events: countOf(known['events']), window };
}

/** See `EventStore.lastBatch`. */
export async function lastBatch(session: Session): Promise<number> {
  const [row] = await session.rows('SELECT max(batch) AS last FROM batches');
  return countOf(row?.['last']);
}
