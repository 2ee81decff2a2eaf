import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { AddFieldsOptions } from '#server/store/event-store.ts';
import { assert } from '#shared/base/assert.ts';
import { catalogueOf, type Field } from '#shared/event/field.ts';
import { countOf, inTransaction, type Session } from '../connection.ts';
import { load } from '../load/append.ts';
import { dropAside, makeAside } from '../load/aside.ts';
import { fieldColumns } from '../load/field-columns.ts';
import { nextNumber } from '../load/numbers.ts';
import type { Layout } from '../load/schema.ts';
import { keyOf, textsBetween } from '../load/texts.ts';
import { quoteName } from '../sql/identifier.ts';
import { mayHold } from './may-hold.ts';

/** Where records are read into. */
const SCHEMA = 'reading_again';

/** Values that were read, until they stand beside the others of their events: a row an event that has any, by `seq`. */
export const READ_VALUES = `${SCHEMA}.read_values`;

const NEWLINE = Buffer.from('\n');

/** Events that are looked at together, and at least as many records are read together where there are so many. */
const AT_ONCE = 20_000;

export interface RereadingOptions {
  /** Of its own: it looks for tables elsewhere than others do. */
  readonly session: Session;
  readonly fields: readonly Field[];
  /** For files. */
  readonly folder: string;
  readonly options: AddFieldsOptions;
}

/** Reads fields that stored events lack from their records. */
export interface Rereading {
  /** Goes on to the last event that stands now. */
  readonly toTheEnd: () => Promise<void>;
  /** Events so far whose record could not be read. */
  readonly unread: () => number;
}

/** A record of a stored event, as it came. */
interface FoundRecord {
  readonly number: number;
  readonly text: Buffer;
}

/** Columns of `READ_VALUES` beside `seq`: those of the fields, by name, and what else a record decides of its row. */
export const readColumns = (fields: readonly Field[]): ReadonlyMap<string, string> => fieldColumns(catalogueOf(fields));
export const DERIVED = ['entity_hash', 'parent_hash', 'spill'] as const;

export async function beginReading({ session, fields, folder, options }: RereadingOptions): Promise<Rereading> {
  const { signal, onProgress } = options;
  const layout: Layout = { catalogue: catalogueOf(fields), keepText: false, anyRecord: true };
  const columns = [...readColumns(fields).values(), ...DERIVED].map(quoteName);
  const canHold = mayHold(fields);
  let next = 1;
  let unread = 0;

  async function read(records: readonly FoundRecord[]): Promise<void> {
    const file = join(folder, 'again.ndjson');
    await writeFile(file, Buffer.concat(records.flatMap(({ text }) => [text, NEWLINE])));
    const refused = new Set<number>();
    const reading = { ...(signal && { signal }), onReject: ({ line }: { readonly line: number }) => refused.add(line) };
    const first = await nextNumber(session);
    const report = await load({ session, layout, batch: { id: 1 }, options: reading, folder }, file);
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
      let waiting: readonly FoundRecord[] = [];
      while (next <= last) {
        const end = Math.min(last, next + AT_ONCE - 1);
        const { records, missing } = await recordsBetween(session, [next, end], canHold, signal);
        next = end + 1;
        onProgress?.(end / last);
        unread += missing;
        waiting = [...waiting, ...records];
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
  range: readonly [number, number],
  canHold: (text: Buffer) => boolean,
  signal: AbortSignal | undefined,
): Promise<{ readonly records: readonly FoundRecord[]; readonly missing: number }> =>
  inTransaction(session, async () => {
    signal?.throwIfAborted();
    const { texts, missing } = await textsBetween(session, range, canHold);
    if (texts.length === 0) return { records: [], missing };
    const [places = [], numbers = []] = await session.columns(
      `SELECT concat(batch, ':', place), seq FROM main.events WHERE seq BETWEEN ${range.join(' AND ')} ORDER BY seq`,
    );
    const byPlace = new Map<unknown, Buffer>(texts.map((one) => [keyOf(one), one.text]));
    const records = places.flatMap((place, row) => {
      const text = byPlace.get(place);
      return text === undefined ? [] : [{ number: Number(numbers[row]), text }];
    });
    return { records, missing };
  });
