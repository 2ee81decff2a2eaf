import type { Insertable, Selectable, Updateable } from 'kysely';
import * as z from 'zod';
import { notFound } from '#server/refusal.ts';
import { type Author, recordActivity } from '#server/state/activity.ts';
import { newId } from '#server/state/ids.ts';
import { jsonColumn } from '#server/state/json-column.ts';
import type { State, StateReader, StateTransaction } from '#server/state/open-state.ts';
import type { UploadTable } from '#server/state/tables/ingest.ts';
import type { Work } from '#server/timing/work-list.ts';
import { type Upload, uploadSchema } from '#shared/api/uploads.ts';
import { must } from '#shared/base/assert.ts';
import { formatInstant } from '#shared/base/time.ts';

export const linesColumn = jsonColumn(z.array(z.string()));
const statusSchema = uploadSchema.shape.status;

export type UploadRow = Selectable<UploadTable>;

/** What of an upload changes too often to be written down. */
export interface Progress {
  readonly bytesReceived: number;
  readonly progress: number | null;
  readonly rejected: number;
}

export type UploadWork = Work<Progress>;

/** An upload as the interface shows it; `live` where it is under way in this process. */
export function uploadOf(row: UploadRow, live: Progress | undefined): Upload {
  const { batch: _batch, sample: _sample, recognised: _recognised, windowFrom, windowTo, ...shown } = row;
  return {
    ...shown,
    status: statusSchema.parse(row.status),
    progress: null,
    ...live,
    window: windowFrom !== null && windowTo !== null ? { from: windowFrom, to: windowTo } : null,
    notes: linesColumn.read(row.notes),
  };
}

const EMPTY = {
  recognised: null,
  status: 'receiving',
  bytesReceived: 0,
  records: 0,
  events: 0,
  rejected: 0,
  duplicates: 0,
  eventsPerSecond: null,
  windowFrom: null,
  windowTo: null,
  sha256: null,
  alertsRaised: null,
  notes: linesColumn.write([]),
  error: null,
  finishedAt: null,
} as const satisfies Partial<Insertable<UploadTable>>;

/** A batch number that was never used: uploads are never forgotten, and only ever get greater ones. */
async function nextBatch(transaction: StateTransaction): Promise<number> {
  const { last } = await transaction
    .selectFrom('uploads')
    .select((select) => select.fn.max<number | null>('batch').as('last'))
    .executeTakeFirstOrThrow();
  return (last ?? 0) + 1;
}

export function insertUpload(
  state: State,
  author: Author,
  of: Pick<UploadTable, 'name' | 'sample' | 'bytesExpected'>,
): Promise<UploadRow> {
  return state.transaction().execute(async (transaction) => {
    const { now } = author;
    const made = { id: newId(now), batch: await nextBatch(transaction), startedAt: formatInstant(now) };
    const entry = { subject: 'upload', subjectId: made.id, action: 'started', detail: of.name } as const;
    await recordActivity(transaction, author, [entry]);
    return transaction
      .insertInto('uploads')
      .values({ ...EMPTY, ...of, ...made })
      .returningAll()
      .executeTakeFirstOrThrow();
  });
}

/** The upload as another batch that is still to be loaded: the store never takes the same one twice. */
export const renumberUpload = (state: State, { id, status }: UploadRow): Promise<UploadRow> =>
  state.transaction().execute(async (transaction) => {
    const batch = await nextBatch(transaction);
    return updateUpload(transaction, id, { batch, status: status === 'receiving' ? status : 'loading' });
  });

export async function updateUpload(state: State, id: string, change: Updateable<UploadTable>): Promise<UploadRow> {
  const row = await state.updateTable('uploads').set(change).where('id', '=', id).returningAll().executeTakeFirst();
  return must(row, `upload ${id}`);
}

export async function readUpload(state: StateReader, id: string): Promise<UploadRow> {
  const row = await state.selectFrom('uploads').selectAll().where('id', '=', id).executeTakeFirst();
  if (!row) throw notFound('upload');
  return row;
}

/** Newest first. */
export const readUploads = (state: StateReader): Promise<UploadRow[]> =>
  state.selectFrom('uploads').selectAll().orderBy('id', 'desc').execute();

/** Those that the process before this one did not finish, oldest first. */
export const readUnfinished = (state: StateReader): Promise<UploadRow[]> =>
  state
    .selectFrom('uploads')
    .selectAll()
    .where('status', 'in', ['receiving', 'loading', 'evaluating'])
    .orderBy('id')
    .execute();

/** The name under which a sender's file is shown: its last part, without control characters, at most 200 of them. */
export function fileName(raw: string): string {
  const last = raw.split(/[/\\]/).at(-1) ?? '';
  const name = last.replace(/\p{Cc}/gu, '').trim();
  return Array.from(name || 'upload')
    .slice(0, 200)
    .join('');
}
