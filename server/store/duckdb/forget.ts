import type { Forgetting } from '#server/store/event-store.ts';
import { inTransaction, type Session } from './connection.ts';
import { dropUnusedTexts } from './load/texts.ts';
import { eventTables } from './matches/registry.ts';

/**
 * Deletes old events, the oldest first. The time of the last one that fits is found first, so that a step is one scan of one
 * column; events of that very time may exceed the step.
 */
export const forgetEvents = (
  session: Session,
  { before, keep, atMost }: Forgetting,
  keepText: boolean,
): Promise<number> =>
  inTransaction(session, async () => {
    const old = { before: BigInt(before), keep: JSON.stringify(keep) };
    const [row] = await session.rows(LAST_THAT_FITS, { ...old, at_most: atMost });
    const last = row?.['last'];
    if (typeof last !== 'bigint') return 0;
    let gone = 0;
    for (const table of await eventTables(session)) {
      const deleted = await session.run(`DELETE FROM ${table} WHERE ${OLD} AND epoch_us("@timestamp") <= $last`, {
        ...old,
        last,
      });
      if (table === 'events') gone = deleted;
    }
    if (keepText) await dropUnusedTexts(session);
    return gone;
  });

const OLD = `"@timestamp" < epoch_ms(CAST($before AS BIGINT)) AND id NOT IN (SELECT unnest(from_json($keep, '["VARCHAR"]')))`;

const LAST_THAT_FITS = `SELECT max(epoch_us(time)) AS last FROM (
  SELECT "@timestamp" AS time FROM events WHERE ${OLD} ORDER BY time LIMIT $at_most
) AS oldest`;

/** Bytes of the file's blocks in use; what was deleted is used again before the file grows. */
export async function sizeOf(session: Session): Promise<number> {
  const [row] = await session.rows('SELECT block_size * used_blocks AS bytes FROM pragma_database_size()');
  return Number(row?.['bytes'] ?? 0);
}
