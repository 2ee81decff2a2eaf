import { type AppendReport, FIRST_STREAM_BATCH, STREAM_BATCHES_REMEMBERED } from '#server/store/event-store.ts';
import { countOf, type Session } from '../connection.ts';
import { quoteName } from '../sql/identifier.ts';
import type { FirstNumber } from './insert.ts';
import type { Job } from './job.ts';
import { TIMESTAMP } from './normalise.ts';
import { everyEvent, tablesOf } from './schema.ts';

/** Of the first event that a store ever takes. */
export const FIRST_NUMBER: FirstNumber = 1n;

/** Never a number that was given before, also where its batch is gone. */
export async function nextNumber(session: Session): Promise<FirstNumber> {
  const [row] = await session.rows(`SELECT coalesce(max(first_seq + events), ${FIRST_NUMBER}) AS next FROM batches`);
  return BigInt(countOf(row?.['next']));
}

/** Numbers the events from `first` on without gaps, in the order they have: some records of the file were left out. */
export async function closeGaps({ session, layout, options: { signal } }: Job, first: FirstNumber): Promise<void> {
  await session.run(
    `CREATE TEMP TABLE dense AS
    SELECT seq AS was, $first + row_number() OVER (ORDER BY seq) - 1 AS seq FROM ${everyEvent(layout)} WHERE seq >= $first`,
    { first },
    { signal },
  );
  for (const table of tablesOf(layout)) {
    await session.run(
      `UPDATE ${table} AS event SET seq = dense.seq FROM dense
      WHERE event.seq >= $first AND event.seq = dense.was AND dense.was <> dense.seq`,
      { first },
      { signal },
    );
  }
  await session.run('DROP TABLE dense');
}

export async function rememberBatch({ session, batch }: Job, first: FirstNumber, events: number): Promise<void> {
  await session.run('INSERT INTO batches VALUES ($batch, $first, $events)', {
    batch: batch.id,
    first,
    events: BigInt(events),
  });
  if (batch.id < FIRST_STREAM_BATCH) return;
  const oldest = batch.id - STREAM_BATCHES_REMEMBERED;
  await session.run('DELETE FROM batches WHERE batch >= $1 AND batch <= $2', [FIRST_STREAM_BATCH, oldest]);
}

/** Least and greatest time of the events from `first` on. */
export async function windowFrom({ session, layout }: Job, first: FirstNumber): Promise<AppendReport['window']> {
  if (layout.catalogue.find(TIMESTAMP)?.type !== 'date') return null;
  const time = `epoch_ms(${quoteName(TIMESTAMP)})`;
  const [row] = await session.rows(
    `SELECT min(${time}) AS first, max(${time}) AS last FROM ${everyEvent(layout)} WHERE seq >= $first`,
    { first },
  );
  const from = row?.['first'];
  return from === null || from === undefined ? null : { from: countOf(from), to: countOf(row?.['last']) };
}
