import { inTransaction, type Session } from './connection.ts';

/** Forgets a batch's events. The batch itself stays known, so that its numbers are never given again. */
export const removeBatch = (session: Session, batch: number): Promise<void> =>
  inTransaction(session, async () => {
    await session.run('DELETE FROM events WHERE batch = $1', [batch]);
  });
