import { countOf, type Session } from './connection.ts';
import { textIn } from './result.ts';

/** Which single-valued fields have several values in some event: remembered, and looked up for new events only. */
export interface SpilledFields {
  /** As of the session's transaction, which has changed nothing. Fields of removed events may stay in it, which costs time and nothing else. */
  in(session: Session): Promise<ReadonlySet<string>>;
  /** As of a transaction that has stored events itself, and may yet be rolled back: nothing of it is remembered. */
  beforeCommit(session: Session): Promise<ReadonlySet<string>>;
}

interface Known {
  /** Number of the event after those looked at. */
  readonly next: number;
  readonly fields: ReadonlySet<string>;
}

export function rememberSpilledFields(): SpilledFields {
  let known: Known = { next: 0, fields: new Set() };
  return {
    in: async (session) => {
      const found = await lookAfter(session, known);
      if (found.next > known.next) known = found;
      return found.fields;
    },
    beforeCommit: async (session) => (await lookAfter(session, known)).fields,
  };
}

async function lookAfter(session: Session, seen: Known): Promise<Known> {
  const [batches] = await session.rows('SELECT max(first_seq + events) AS next FROM batches');
  const next = countOf(batches?.['next']);
  if (next <= seen.next) return seen;
  const rows = await session.rows(
    `SELECT DISTINCT unnest(json_keys(spill)) AS field FROM events WHERE spill IS NOT NULL AND seq >= $1`,
    [BigInt(seen.next)],
  );
  return { next, fields: new Set([...seen.fields, ...rows.map((row) => textIn(row['field']))]) };
}
