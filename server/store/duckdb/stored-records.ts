import { countOf, type Session } from './connection.ts';
import { readTexts } from './load/texts.ts';
import { textIn } from './result.ts';
import { selectedText } from './sql/text-result.ts';

/** A stored event as it came. */
export interface StoredRecord {
  readonly number: number;
  readonly text: string;
}

/** Whether the session's own database keeps its records' texts: in blocks, or as stores of the first version in a column. */
export async function keepsTexts(session: Session): Promise<boolean> {
  const [row] = await session.rows('SELECT current_database() AS name');
  return (await textColumn(session, textIn(row?.['name']))) !== null;
}

/** The events of a batch in a database attached as `old`, some at a time, by number. */
export async function* storedRecords(
  session: Session,
  batch: number,
  atOnce: number,
): AsyncGenerator<readonly StoredRecord[]> {
  const column = await textColumn(session, 'old');
  const selected = column === 'text' ? selectedText('text') : column;
  let last = 0;
  for (;;) {
    const rows = await session.rows(
      `SELECT seq, ${selected} AS value FROM old.events WHERE batch = $1 AND seq > $2 ORDER BY seq LIMIT ${atOnce}`,
      [batch, BigInt(last)],
    );
    if (rows.length === 0) return;
    const values = rows.map((row) => row['value'] ?? null);
    const texts =
      column === 'text'
        ? values.map(textIn)
        : await readTexts(
            session,
            values.map((value) => ({ batch, place: countOf(value) })),
            'old.texts',
          );
    const records = rows.map((row, index) => ({ number: countOf(row['seq']), text: texts[index] ?? '' }));
    yield records;
    last = records.at(-1)?.number ?? last;
  }
}

/** Which column of the events leads to their texts. */
async function textColumn(session: Session, database: string): Promise<'place' | 'text' | null> {
  const rows = await session.rows(
    `SELECT column_name AS name FROM duckdb_columns() WHERE database_name = $1 AND table_name = 'events' AND column_name IN ('place', 'text')`,
    [database],
  );
  const names = rows.map((row) => row['name']);
  return names.includes('place') ? 'place' : names.includes('text') ? 'text' : null;
}
