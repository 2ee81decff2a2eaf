import { inTransaction, type Session } from './connection.ts';
import { eventTables } from './matches/registry.ts';

/** Forgets a batch's events. The batch itself stays known, so that its numbers are never given again. */
export const removeBatch = (session: Session, batch: number): Promise<void> =>
  inTransaction(session, async () => {
    for (const table of await eventTables(session)) {
      await session.run(`DELETE FROM ${table} WHERE batch = $1`, [batch]);
    }
    await session.run('DELETE FROM texts WHERE batch = $1', [batch]);
  });
