import type { Forgetting } from '#server/store/event-store.ts';
import { inTransaction, type Session } from './connection.ts';

/**
 * Deletes old events, the oldest first. The time of the last one that fits is found first, so that a step is one scan of one
 * column; events of that very time may exceed the step.
 */
export const forgetEvents = (session: Session, { before, keep, atMost }: Forgetting): Promise<number> =>
  inTransaction(session, () => session.run(FORGET, [BigInt(before), atMost, JSON.stringify(keep)]));

const OLD = `"@timestamp" < epoch_ms(CAST($1 AS BIGINT)) AND id NOT IN (SELECT unnest(from_json($3, '["VARCHAR"]')))`;

const FORGET = `DELETE FROM events WHERE ${OLD} AND "@timestamp" <= (
  SELECT max(time) FROM (SELECT "@timestamp" AS time FROM events WHERE ${OLD} ORDER BY time LIMIT $2) AS oldest
)`;

/** Bytes of the file's blocks in use; what was deleted is used again before the file grows. */
export async function sizeOf(session: Session): Promise<number> {
  const [row] = await session.rows('SELECT block_size * used_blocks AS bytes FROM pragma_database_size()');
  return Number(row?.['bytes'] ?? 0);
}
