import type { EventNumber, StoredDocument } from '#server/store/event-store.ts';
import { countOf, type Session } from './connection.ts';
import { readTexts } from './load/texts.ts';
import { textIn } from './result.ts';
import { selectedText } from './sql/text-result.ts';

/** Numbers for a statement, as text of a JSON array: one parameter, however many there are. */
const numberList = (numbers: readonly EventNumber[]): string => JSON.stringify(numbers.filter(Number.isSafeInteger));

/**
 * A condition that the event is one of those numbered in parameter 1. By way of the row's place: only for that does the engine
 * leave the other columns unread where they are not wanted (3 of 1M events with their text: 4 ms instead of 110).
 */
export const AMONG_NUMBERS = `rowid IN (SELECT rowid FROM events WHERE seq IN (SELECT unnest(from_json($1, '["BIGINT"]'))))`;

export const numbersParameter = (numbers: readonly EventNumber[]): readonly [string] => [numberList(numbers)];

/**
 * A condition that one of these columns of hashes holds that of one of the texts in parameter 1, a JSON array: eight bytes a row
 * are read.
 */
export function amongHashes(columns: readonly string[]): string {
  const hashes = `SELECT hash(unnest(from_json($1, '["VARCHAR"]')))`;
  const rows = columns.map((column) => `SELECT rowid FROM events WHERE ${column} IN (${hashes})`);
  return `rowid IN (${rows.join(' UNION ALL ')})`;
}

/** Documents of these events; the text is empty where the store does not keep it, or nobody wants it. */
export async function documentsOf(
  session: Session,
  numbers: readonly EventNumber[],
  keepText: boolean,
): Promise<readonly StoredDocument[]> {
  if (numbers.length === 0) return [];
  const rows = await session.rows(
    `SELECT seq, ${selectedText('id')} AS id ${keepText ? ', batch, place' : ''} FROM events WHERE ${AMONG_NUMBERS} ORDER BY seq`,
    numbersParameter(numbers),
  );
  const places = rows.map((row) => ({ batch: countOf(row['batch']), place: countOf(row['place']) }));
  const texts = keepText ? await readTexts(session, places) : [];
  return rows.map((row, index) => ({
    number: countOf(row['seq']),
    id: textIn(row['id']),
    text: texts[index] ?? '',
  }));
}

/** Public ids of these events. */
export async function idsOf(
  session: Session,
  numbers: readonly EventNumber[],
): Promise<ReadonlyMap<EventNumber, string>> {
  const documents = await documentsOf(session, numbers, false);
  return new Map(documents.map(({ number, id }) => [number, id]));
}

/** Numbers of events by public id. Ids are compared here: asked to, the engine may read those of all events. */
export async function numbersOf(session: Session, ids: readonly string[]): Promise<ReadonlyMap<string, EventNumber>> {
  if (ids.length === 0) return new Map();
  const wanted = new Set(ids);
  const rows = await session.rows(
    `SELECT seq, ${selectedText('id')} AS id FROM events WHERE ${amongHashes(['id_hash'])}`,
    [JSON.stringify(ids)],
  );
  return new Map(rows.map((row) => [textIn(row['id']), countOf(row['seq'])] as const).filter(([id]) => wanted.has(id)));
}
