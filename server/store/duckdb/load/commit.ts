import type { AppendReport } from '#server/store/event-store.ts';
import { countOf, inTransaction, type Session } from '../connection.ts';
import { quoteName } from '../sql/identifier.ts';
import { during, type Job } from './job.ts';
import { TIMESTAMP } from './normalise.ts';
import type { Layout } from './schema.ts';
import type { Staged } from './stage.ts';

export interface Committed {
  readonly events: number;
  readonly window: AppendReport['window'];
}

/**
 * Moves the accepted rows into `events` in one transaction, numbered in the order of the file without gaps, and remembers the
 * batch. Reads `staged`, `exact_rows`, and `candidates` without `doubled`.
 */
export async function commitRows(job: Job, { records, exact }: Staged, duplicates: number): Promise<Committed> {
  const { session, layout, batch } = job;
  const statement = during(job, 'store');
  const [row] = await session.rows('SELECT count(*) AS candidates FROM candidates');
  const isWhole = exact === 0 && duplicates === 0 && countOf(row?.['candidates']) === records;
  if (!isWhole) await session.run(KEPT);
  return inTransaction(session, async () => {
    const first = await nextNumber(session);
    const insert = (from: string, place: string, without: string) =>
      session.run(insertSql(from, place, without), { first, batch: batch.id }, statement);
    let events = await insert(
      isWhole ? 'staged AS loaded' : STAGED_KEPT,
      isWhole ? 'loaded.rowid' : 'kept.rowid',
      'exact',
    );
    if (exact > 0) events += await insert(EXACT_KEPT, 'kept.rowid', 'record');
    await session.run('INSERT INTO batches VALUES ($batch, $first, $events)', {
      batch: batch.id,
      first,
      events: BigInt(events),
    });
    return { events, window: await windowFrom(session, layout, first) };
  });
}

/** Its rowid is the event's place among those of the batch. */
const KEPT = 'CREATE TEMP TABLE kept AS SELECT record FROM candidates ANTI JOIN doubled USING (record) ORDER BY record';
const STAGED_KEPT = 'staged AS loaded JOIN kept ON kept.record = loaded.rowid AND NOT loaded.exact';
const EXACT_KEPT = 'exact_rows AS loaded JOIN kept USING (record)';

const insertSql = (from: string, place: string, without: string): string =>
  `INSERT INTO events BY NAME
  SELECT $first + ${place} AS seq, CAST($batch AS INTEGER) AS batch, hash(id) AS id_hash, loaded.* EXCLUDE (${without})
  FROM ${from}`;

/** Never a number that was given before, also where its batch is gone. */
async function nextNumber(session: Session): Promise<bigint> {
  const [row] = await session.rows('SELECT coalesce(max(first_seq + events), 1) AS next FROM batches');
  return BigInt(countOf(row?.['next']));
}

async function windowFrom(session: Session, { catalogue }: Layout, first: bigint): Promise<AppendReport['window']> {
  if (catalogue.find(TIMESTAMP)?.type !== 'date') return null;
  const time = `epoch_ms(${quoteName(TIMESTAMP)})`;
  const [row] = await session.rows(
    `SELECT min(${time}) AS first, max(${time}) AS last FROM events WHERE seq >= $first`,
    { first },
  );
  const from = row?.['first'];
  return from === null || from === undefined ? null : { from: countOf(from), to: countOf(row?.['last']) };
}
