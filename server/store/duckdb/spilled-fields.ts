import { countOf, type Session } from './connection.ts';
import { textIn } from './result.ts';

/** Which single-valued fields have several values in some event: remembered, and looked up for new events only. */
export interface SpilledFields {
  /** As of the session's transaction. Fields of removed events may stay in it, which costs time and nothing else. */
  in(session: Session): Promise<ReadonlySet<string>>;
}

export function rememberSpilledFields(): SpilledFields {
  let known: { readonly next: number; readonly fields: ReadonlySet<string> } = { next: 0, fields: new Set() };
  return {
    in: async (session) => {
      const seen = known;
      const [batches] = await session.rows('SELECT max(first_seq + events) AS next FROM batches');
      const next = countOf(batches?.['next']);
      if (next <= seen.next) return seen.fields;
      const rows = await session.rows(
        `SELECT DISTINCT unnest(json_keys(spill)) AS field FROM events WHERE spill IS NOT NULL AND seq >= $1`,
        [BigInt(seen.next)],
      );
      const fields = new Set([...seen.fields, ...rows.map((row) => textIn(row['field']))]);
      if (next > known.next) known = { next, fields };
      return fields;
    },
  };
}
