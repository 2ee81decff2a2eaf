import type { Selectable } from 'kysely';
import { z } from 'zod';
import { notFound, Refusal } from '#server/refusal.ts';
import { type Author, recordActivity } from '#server/state/activity.ts';
import { newId } from '#server/state/ids.ts';
import { jsonColumn } from '#server/state/json-column.ts';
import type { State, StateReader, StateTransaction } from '#server/state/open-state.ts';
import type { ExceptionTable } from '#server/state/tables/exceptions.ts';
import { formatInstant, parseInstant } from '#shared/base/time.ts';
import {
  commentSchema,
  type Exception,
  type ExceptionComment,
  type ExceptionDraft,
  exceptionCaseSchema,
  exceptionSchema,
  osTypeSchema,
  stageSchema,
  tagsSchema,
} from '#shared/exceptions/item.ts';
import { keepVersion } from './history.ts';

const { shape } = exceptionSchema;
const entriesColumn = jsonColumn(shape.entries);
const osTypesColumn = jsonColumn(z.array(osTypeSchema));
const tagsColumn = jsonColumn(tagsSchema);
const commentsColumn = jsonColumn(z.array(commentSchema));
const casesColumn = jsonColumn(z.array(exceptionCaseSchema));
const originColumn = jsonColumn(shape.origin.unwrap());
const metaColumn = jsonColumn(shape.meta.unwrap());

export function exceptionOf(row: Selectable<ExceptionTable>): Exception {
  return {
    ...row,
    stage: stageSchema.parse(row.stage),
    entries: entriesColumn.read(row.entries),
    osTypes: osTypesColumn.read(row.osTypes),
    tags: tagsColumn.read(row.tags),
    comments: commentsColumn.read(row.comments),
    meta: row.meta === null ? null : metaColumn.read(row.meta),
    cases: casesColumn.read(row.cases),
    enabled: row.enabled === 1,
    origin: row.origin === null ? null : originColumn.read(row.origin),
  };
}

/** The columns a draft fills; a time of expiry is kept as all times are. */
function columnsOf(draft: ExceptionDraft) {
  const { rule, list, name, reason, stage, entries, osTypes, tags, enabled, expiresAt, origin, cases } = draft;
  return {
    rule,
    list,
    name,
    reason,
    stage,
    entries: entriesColumn.write(entries),
    osTypes: osTypesColumn.write(osTypes),
    tags: tagsColumn.write(tags),
    cases: casesColumn.write(cases),
    enabled: enabled ? 1 : 0,
    expiresAt: expiresAt === null ? null : expiryText(expiresAt),
    origin: origin === null ? null : originColumn.write(origin),
  };
}

function expiryText(text: string): string {
  const instant = parseInstant(text);
  if (instant !== null) return formatInstant(instant);
  throw new Refusal('invalid-request', 'The expiry must be an ISO 8601 time.', {
    details: [{ path: 'body.expiresAt', message: `not a time: ${text}` }],
  });
}

/** Newest first. */
export async function readExceptions(state: StateReader): Promise<Exception[]> {
  const rows = await state.selectFrom('exceptions').selectAll().orderBy('id', 'desc').execute();
  return rows.map(exceptionOf);
}

/** What an import knows of an item beyond a draft. */
export interface ImportedFacts {
  readonly itemId?: string;
  readonly comments?: readonly ExceptionComment[];
  readonly meta?: Exception['meta'];
}

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
  const at = formatInstant(author.now);
  const id = newId(author.now);
  const made = { createdAt: at, createdBy: author.actor, updatedAt: at, updatedBy: author.actor };
  const imported = {
    itemId: itemId ?? id,
    comments: commentsColumn.write([...comments]),
    meta: meta === null ? null : metaColumn.write(meta),
  };
  const row = { ...columnsOf(draft), ...imported, id, version: 1, ...made };
  await transaction.insertInto('exceptions').values(row).execute();
  return recorded(transaction, author, exceptionOf(row), 'created', why);
}

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
      .set({ ...columnsOf(draft), version: version + 1, updatedAt: formatInstant(author.now), updatedBy: author.actor })
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
    .set({
      ...columnsOf(draft),
      version: present.version + 1,
      updatedAt: formatInstant(author.now),
      updatedBy: author.actor,
    })
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

/** Puts back what was deleted, under its own id, as it was at a version. */
export function restoreException(
  state: State,
  author: Author,
  id: string,
  draft: ExceptionDraft,
  version: number,
): Promise<Exception> {
  return state.transaction().execute(async (transaction) => {
    const at = formatInstant(author.now);
    const made = { createdAt: at, createdBy: author.actor, updatedAt: at, updatedBy: author.actor };
    const row = { ...columnsOf(draft), id, itemId: id, comments: '[]', meta: null, version, ...made };
    await transaction.insertInto('exceptions').values(row).execute();
    return recorded(transaction, author, exceptionOf(row), 'restored', '');
  });
}

export function addComment(state: State, author: Author, id: string, text: string): Promise<Exception> {
  return state.transaction().execute(async (transaction) => {
    const row = await transaction.selectFrom('exceptions').selectAll().where('id', '=', id).executeTakeFirst();
    if (!row) throw notFound('exception');
    const comment = { id: newId(author.now), at: formatInstant(author.now), author: author.actor, text };
    const comments = commentsColumn.write([...commentsColumn.read(row.comments), comment]);
    await transaction.updateTable('exceptions').set({ comments }).where('id', '=', id).execute();
    await recordActivity(transaction, author, [
      { subject: 'exception', subjectId: id, action: 'commented', detail: text },
    ]);
    return exceptionOf({ ...row, comments });
  });
}

export const draftOf = ({
  id: _i,
  itemId: _k,
  meta: _m,
  comments: _c,
  version: _v,
  ...rest
}: Exception): ExceptionDraft => {
  const { createdAt: _ca, createdBy: _cb, updatedAt: _ua, updatedBy: _ub, ...draft } = rest;
  return draft;
};

/** History keeps the whole exception, the audit log who did what and why; the alert it came from says that it exists. */
async function recorded(
  transaction: StateTransaction,
  author: Author,
  exception: Exception,
  action: string,
  why: string,
): Promise<Exception> {
  const { id, version, name, origin } = exception;
  await keepVersion(transaction, author, { exception: id, version, action, why, draft: draftOf(exception) });
  const detail = `${action} “${name}”`;
  await recordActivity(transaction, author, [
    { subject: 'exception', subjectId: id, action, detail: why === '' ? detail : `${detail}: ${why}` },
    ...(origin === null ? [] : [{ subject: 'alert', subjectId: origin.alert, action: 'exception', detail } as const]),
  ]);
  return exception;
}
