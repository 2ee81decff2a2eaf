import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { assert } from '#shared/base/assert.ts';
import { catalogueOf, type Field } from '#shared/event/field.ts';
import { countOf, inTransaction, type Session } from '../connection.ts';
import { load } from '../load/append.ts';
import { dropAside, makeAside } from '../load/aside.ts';
import { fieldColumns } from '../load/field-columns.ts';
import { nextNumber } from '../load/numbers.ts';
import type { Layout } from '../load/schema.ts';
import { readTexts } from '../load/texts.ts';
import { quoteName } from '../sql/identifier.ts';
import type { StoredRecord } from '../stored-records.ts';
import { mayHold } from './may-hold.ts';

/** Where records are read into. */
const SCHEMA = 'reading_again';

/** Values that were read, until they stand beside the others of their events: a row an event that has any, by `seq`. */
export const READ_VALUES = `${SCHEMA}.read_values`;

/** Events that are looked at together, and at least as many records are read together where there are so many. */
const AT_ONCE = 20_000;

export interface RereadingOptions {
  /** Of its own: it looks for tables elsewhere than others do. */
  readonly session: Session;
  readonly fields: readonly Field[];
  /** For files. */
  readonly folder: string;
  readonly signal: AbortSignal | undefined;
}

/** Reads fields that stored events lack from their records. */
export interface Rereading {
  /** Goes on to the last event that stands now. */
  readonly toTheEnd: () => Promise<void>;
  /** Events so far whose record could not be read. */
  readonly unread: () => number;
}

/** Columns of `READ_VALUES` beside `seq`: those of the fields, by name, and what else a record decides of its row. */
export const readColumns = (fields: readonly Field[]): ReadonlyMap<string, string> => fieldColumns(catalogueOf(fields));
export const DERIVED = ['entity_hash', 'parent_hash', 'spill'] as const;

export async function beginReading({ session, fields, folder, signal }: RereadingOptions): Promise<Rereading> {
  const layout: Layout = { catalogue: catalogueOf(fields), keepText: false, anyRecord: true };
  const columns = [...readColumns(fields).values(), ...DERIVED].map(quoteName);
  const canHold = mayHold(fields);
  let next = 1;
  let unread = 0;

  async function read(records: readonly StoredRecord[]): Promise<void> {
    const file = join(folder, 'again.ndjson');
    await pipeline(
      records.map(({ text }) => `${text}\n`),
      createWriteStream(file),
    );
    const refused = new Set<number>();
    const options = { ...(signal && { signal }), onReject: ({ line }: { readonly line: number }) => refused.add(line) };
    const first = await nextNumber(session);
    const report = await load({ session, layout, batch: { id: 1 }, options, folder }, file);
    const numbers = records.flatMap(({ number }, index) => (refused.has(index + 1) ? [] : [number]));
    assert(numbers.length === report.events, 'every record that is not refused is an event');
    unread += refused.size;
    const [place, any] = [
      'CAST(seq - $first + 1 AS BIGINT)',
      columns.map((name) => `${name} IS NOT NULL`).join(' OR '),
    ];
    await session.run(
      `INSERT INTO read_values SELECT from_json($numbers, '["BIGINT"]')[${place}] AS seq, ${columns.join(', ')} FROM events WHERE ${any}`,
      { first, numbers: JSON.stringify(numbers) },
      { signal },
    );
    await session.run('DELETE FROM events');
  }

  await makeAside(session, SCHEMA, layout);
  await session.run(`CREATE TABLE read_values AS SELECT seq, ${columns.join(', ')} FROM events`);
  return {
    toTheEnd: async () => {
      const [row] = await session.rows('SELECT max(seq) AS last FROM main.events');
      const last = countOf(row?.['last']);
      let waiting: readonly StoredRecord[] = [];
      while (next <= last) {
        const end = Math.min(last, next + AT_ONCE - 1);
        const records = await recordsBetween(session, next, end, signal);
        next = end + 1;
        unread += records.filter(({ text }) => text === '').length;
        waiting = [...waiting, ...records.filter(({ text }) => canHold(text))];
        if (waiting.length < AT_ONCE && next <= last) continue;
        if (waiting.length > 0) await read(waiting);
        waiting = [];
      }
    },
    unread: () => unread,
  };
}

/** Takes away what was read. */
export const endReading = (session: Session): Promise<void> => dropAside(session, SCHEMA);

/** As of one moment: an event may go at any time, and its text with it. */
const recordsBetween = (
  session: Session,
  first: number,
  last: number,
  signal: AbortSignal | undefined,
): Promise<readonly StoredRecord[]> =>
  inTransaction(session, async () => {
    const rows = await session.rows(
      'SELECT seq, batch, place FROM main.events WHERE seq BETWEEN $1 AND $2 ORDER BY seq',
      [BigInt(first), BigInt(last)],
      { signal },
    );
    const places = rows.map((row) => ({ batch: countOf(row['batch']), place: countOf(row['place']) }));
    const texts = await readTexts(session, places, 'main.texts');
    return rows.map((row, index) => ({ number: countOf(row['seq']), text: texts[index] ?? '' }));
  });
