import { notFound, Refusal } from '#server/refusal.ts';
import { type Author, recordActivity } from '#server/state/activity.ts';
import { newId } from '#server/state/ids.ts';
import type { State, StateReader, StateTransaction } from '#server/state/open-state.ts';
import { formatInstant } from '#shared/base/time.ts';
import type { Exception, ExceptionDraft } from '#shared/exceptions/item.ts';
import { factsOfDeleted, keepVersion } from './history.ts';
import { draftColumns, type ExceptionFacts, exceptionOf, factColumns, writeComments } from './row.ts';

/** Newest first. */
export async function readExceptions(state: StateReader): Promise<Exception[]> {
  const rows = await state.selectFrom('exceptions').selectAll().orderBy('id', 'desc').execute();
  return rows.map(exceptionOf);
}

/** What an import knows of an item beyond a draft. */
export type ImportedFacts = Partial<Pick<ExceptionFacts, 'itemId' | 'comments' | 'meta'>>;

/** Why something is changed, in the author's words; they stand in history and audit. */
interface Because {
  readonly why?: string;
}

export const insertException = (
  state: State,
  author: Author,
  draft: ExceptionDraft,
  facts: ImportedFacts & Because = {},
): Promise<Exception> => state.transaction().execute((transaction) => insertInto(transaction, author, draft, facts));

export async function insertInto(
  transaction: StateTransaction,
  author: Author,
  draft: ExceptionDraft,
  { itemId, comments = [], meta = null, why = '' }: ImportedFacts & Because = {},
): Promise<Exception> {
  const id = newId(author.now);
  const made = { createdAt: formatInstant(author.now), createdBy: author.actor };
  const facts = { itemId: itemId ?? id, comments, meta, ...made };
  return insertRow(transaction, author, { id, version: 1, draft, facts }, { action: 'created', why });
}

async function insertRow(
  transaction: StateTransaction,
  author: Author,
  { id, version, draft, facts }: Inserted,
  { action, why }: { readonly action: string; readonly why: string },
): Promise<Exception> {
  const row = { ...draftColumns(draft), ...factColumns(facts), ...changedBy(author), id, version };
  await transaction.insertInto('exceptions').values(row).execute();
  return recorded(transaction, author, exceptionOf(row), action, why);
}

interface Inserted {
  readonly id: string;
  readonly version: number;
  readonly draft: ExceptionDraft;
  readonly facts: ExceptionFacts;
}

const changedBy = ({ now, actor }: Author) => ({ updatedAt: formatInstant(now), updatedBy: actor });

/** Replaces an exception that nobody has changed since `version`. */
export function replaceException(
  state: State,
  author: Author,
  id: string,
  { version, ...draft }: ExceptionDraft & { version: number },
  { why = '', action }: Because & { readonly action?: string } = {},
): Promise<Exception> {
  return state.transaction().execute(async (transaction) => {
    const row = await transaction
      .updateTable('exceptions')
      .set({ ...draftColumns(draft), ...changedBy(author), version: version + 1 })
      .where('id', '=', id)
      .where('version', '=', version)
      .returningAll()
      .executeTakeFirst();
    if (!row) throw await staleOrGone(transaction, id);
    return recorded(transaction, author, exceptionOf(row), action ?? (draft.enabled ? 'changed' : 'disabled'), why);
  });
}

/** Puts a draft in place of what is there, whatever its version. */
export async function replaceIn(
  transaction: StateTransaction,
  author: Author,
  present: Exception,
  draft: ExceptionDraft,
  why: string,
): Promise<Exception> {
  const row = await transaction
    .updateTable('exceptions')
    .set({ ...draftColumns(draft), ...changedBy(author), version: present.version + 1 })
    .where('id', '=', present.id)
    .returningAll()
    .executeTakeFirstOrThrow();
  return recorded(transaction, author, exceptionOf(row), 'changed', why);
}

/** Refuses a change to what is gone, or what somebody has changed since `version`. */
export async function ensureCurrent(state: StateReader, id: string, version: number): Promise<void> {
  const row = await state.selectFrom('exceptions').select('version').where('id', '=', id).executeTakeFirst();
  if (row?.version !== version) throw await staleOrGone(state, id);
}

async function staleOrGone(transaction: StateReader, id: string): Promise<Refusal> {
  const row = await transaction.selectFrom('exceptions').selectAll().where('id', '=', id).executeTakeFirst();
  if (!row) return notFound('exception');
  return new Refusal('conflict', `${row.updatedBy} has changed this exception since you opened it.`, {
    remedy: 'Load it again and repeat the change.',
    details: [{ path: 'version', message: String(row.version) }],
  });
}

export const deleteException = (state: State, author: Author, id: string, why: string): Promise<void> =>
  state.transaction().execute((transaction) => deleteIn(transaction, author, id, why));

export async function deleteIn(transaction: StateTransaction, author: Author, id: string, why: string): Promise<void> {
  const row = await transaction.deleteFrom('exceptions').where('id', '=', id).returningAll().executeTakeFirst();
  if (!row) throw notFound('exception');
  const gone = exceptionOf(row);
  await recorded(transaction, author, { ...gone, version: gone.version + 1 }, 'deleted', why);
}

/** Puts back what was deleted, under its own id, with a draft that it had: what was said of it is there again. */
export function restoreException(
  state: State,
  author: Author,
  id: string,
  draft: ExceptionDraft,
  version: number,
): Promise<Exception> {
  return state.transaction().execute(async (transaction) => {
    const made = { createdAt: formatInstant(author.now), createdBy: author.actor };
    const facts = (await factsOfDeleted(transaction, id)) ?? { itemId: id, comments: [], meta: null, ...made };
    return insertRow(transaction, author, { id, version, draft, facts }, { action: 'restored', why: '' });
  });
}

export function addComment(state: State, author: Author, id: string, text: string): Promise<Exception> {
  return state.transaction().execute(async (transaction) => {
    const row = await transaction.selectFrom('exceptions').selectAll().where('id', '=', id).executeTakeFirst();
    if (!row) throw notFound('exception');
    const comment = { id: newId(author.now), at: formatInstant(author.now), author: author.actor, text };
    const comments = writeComments([...exceptionOf(row).comments, comment]);
    await transaction.updateTable('exceptions').set({ comments }).where('id', '=', id).execute();
    await recordActivity(transaction, author, [
      { subject: 'exception', subjectId: id, action: 'commented', detail: text },
    ]);
    return exceptionOf({ ...row, comments });
  });
}

/** History keeps the whole exception, the audit log who did what and why; the alert it came from says that it exists. */
async function recorded(
  transaction: StateTransaction,
  author: Author,
  exception: Exception,
  action: string,
  why: string,
): Promise<Exception> {
  const { id, name, origin } = exception;
  await keepVersion(transaction, author, { exception, action, why });
  const detail = `${action} “${name}”`;
  await recordActivity(transaction, author, [
    { subject: 'exception', subjectId: id, action, detail: why === '' ? detail : `${detail}: ${why}` },
    ...(origin === null ? [] : [{ subject: 'alert', subjectId: origin.alert, action: 'exception', detail } as const]),
  ]);
  return exception;
}
