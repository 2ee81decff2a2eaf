import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AddFieldsOptions } from '#server/store/event-store.ts';
import { catalogueOf, type Field, type FieldCatalogue } from '#shared/event/field.ts';
import { mergeFields } from '#shared/event/merge-fields.ts';
import { countOf, inTransaction, type Session } from '../connection.ts';
import type { Layout } from '../load/schema.ts';
import type { Sessions } from '../sessions.ts';
import { addColumns } from './add-columns.ts';
import { beginReading, endReading } from './read-again.ts';

export interface FieldAdding {
  readonly sessions: Sessions;
  readonly layout: Layout;
  /** For temporary files; the system's own folder if absent. */
  readonly scratch: string | undefined;
  readonly options: AddFieldsOptions;
  /** Does the work while nobody else writes. */
  readonly alone: (work: () => Promise<void>) => Promise<void>;
  /** Told of the new layout before anybody else may write again. */
  readonly adopt: (layout: Layout) => void;
}

/**
 * Gives the events columns for those fields of a catalogue that they lack, and the values that their records have. Stored records are
 * read while others store and ask; what comes meanwhile is read, and all of it put in place, in one transaction in which nobody
 * else writes: whatever happens before, the events are as they were.
 *
 * Gives the number of events whose records are not there to be read.
 */
export async function addFields(adding: FieldAdding, wanted: FieldCatalogue): Promise<number> {
  const { layout: before, sessions, options, adopt } = adding;
  const { fields, unread: lacking } = mergeFields(before.catalogue.fields, wanted.fields);
  if (fields === before.catalogue.fields) return 0;
  const after = { ...before, catalogue: catalogueOf(fields) };
  const take = (read: readonly Field[] | null) =>
    sessions.use(async (session) => {
      options.signal?.throwIfAborted();
      options.onProgress?.(null);
      await inTransaction(session, () => addColumns(session, { before, after, read }));
      adopt(after);
    });
  if (lacking.length > 0 && before.keepText) return withRecords(adding, lacking, () => take(lacking));
  await adding.alone(() => take(null));
  return lacking.length === 0 ? 0 : sessions.use(countEvents);
}

/** Reads these fields from all records, the last of them while nobody else writes, and then does the work. */
async function withRecords(
  { scratch, sessions, options, alone }: FieldAdding,
  fields: readonly Field[],
  work: () => Promise<void>,
): Promise<number> {
  const folder = await mkdtemp(join(scratch ?? tmpdir(), 'oddspawn-fields-'));
  try {
    return await sessions.own(async (session) => {
      try {
        const reading = await beginReading({ session, fields, folder, options });
        await reading.toTheEnd();
        await alone(async () => {
          await reading.toTheEnd();
          await work();
        });
        return reading.unread();
      } finally {
        await endReading(session);
      }
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function countEvents(session: Session): Promise<number> {
  const [row] = await session.rows('SELECT count(*) AS events FROM events');
  return countOf(row?.['events']);
}
