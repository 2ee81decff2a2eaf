import type { Selectable } from 'kysely';
import { z } from 'zod';
import { notFound, Refusal } from '#server/refusal.ts';
import { type Author, recordActivity } from '#server/state/activity.ts';
import { newId } from '#server/state/ids.ts';
import { jsonColumn } from '#server/state/json-column.ts';
import type { State, StateReader, StateTransaction } from '#server/state/open-state.ts';
import type { ExceptionTable } from '#server/state/tables.ts';
import { formatInstant, type Instant, parseInstant } from '#shared/base/time.ts';
import {
  type Exception,
  type ExceptionDraft,
  entrySchema,
  exceptionDraftSchema,
  stageSchema,
} from '#shared/exceptions/item.ts';
import { exceptionsInForce } from '#shared/rule/exceptions-in-force.ts';

const entriesColumn = jsonColumn(z.array(entrySchema));
const originColumn = jsonColumn(exceptionDraftSchema.shape.origin.unwrap());

function exceptionOf(row: Selectable<ExceptionTable>): Exception {
  return {
    ...row,
    stage: stageSchema.parse(row.stage),
    entries: entriesColumn.read(row.entries),
    enabled: row.enabled === 1,
    origin: row.origin === null ? null : originColumn.read(row.origin),
  };
}

/** The columns a draft fills; a time of expiry is kept as all times are. */
function columnsOf(draft: ExceptionDraft) {
  const { rule, name, reason, stage, entries, enabled, expiresAt, origin } = draft;
  return {
    rule,
    name,
    reason,
    stage,
    entries: entriesColumn.write(entries),
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

/** Whether its time has run out, switched on or not. */
export const isExpired = (exception: Exception, now: Instant): boolean =>
  exceptionsInForce([{ ...exception, enabled: true }], exception.rule, now).length === 0;

/** Newest first. */
export async function readExceptions(state: StateReader): Promise<Exception[]> {
  const rows = await state.selectFrom('exceptions').selectAll().orderBy('id', 'desc').execute();
  return rows.map(exceptionOf);
}

export function insertException(state: State, author: Author, draft: ExceptionDraft): Promise<Exception> {
  const at = formatInstant(author.now);
  const made = { createdAt: at, createdBy: author.actor, updatedAt: at, updatedBy: author.actor };
  const row = { ...columnsOf(draft), id: newId(author.now), version: 1, ...made };
  return state.transaction().execute(async (transaction) => {
    await transaction.insertInto('exceptions').values(row).execute();
    await record(transaction, author, row.id, draft, 'created');
    return exceptionOf(row);
  });
}

/** Replaces an exception that nobody has changed since `version`. */
export function replaceException(
  state: State,
  author: Author,
  id: string,
  { version, ...draft }: ExceptionDraft & { version: number },
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
    await record(transaction, author, id, draft, draft.enabled ? 'changed' : 'disabled');
    return exceptionOf(row);
  });
}

async function staleOrGone(transaction: StateTransaction, id: string): Promise<Refusal> {
  const row = await transaction.selectFrom('exceptions').selectAll().where('id', '=', id).executeTakeFirst();
  if (!row) return notFound('exception');
  return new Refusal('conflict', `${row.updatedBy} has changed this exception since you opened it.`, {
    remedy: 'Load it again and repeat the change.',
    details: [{ path: 'version', message: String(row.version) }],
  });
}

export function deleteException(state: State, author: Author, id: string): Promise<void> {
  return state.transaction().execute(async (transaction) => {
    const row = await transaction.deleteFrom('exceptions').where('id', '=', id).returningAll().executeTakeFirst();
    if (!row) throw notFound('exception');
    await record(transaction, author, id, exceptionOf(row), 'deleted');
  });
}

/** The audit log keeps the whole exception, and the alert it came from says that it exists. */
async function record(
  transaction: StateTransaction,
  author: Author,
  id: string,
  draft: ExceptionDraft,
  action: string,
): Promise<void> {
  const { rule, name, reason, stage, entries, enabled, expiresAt } = draft;
  const detail = JSON.stringify({ rule, name, reason, stage, entries, enabled, expiresAt });
  await recordActivity(transaction, author, [
    { subject: 'exception', subjectId: id, action, detail },
    ...(draft.origin === null
      ? []
      : [
          {
            subject: 'alert',
            subjectId: draft.origin.alert,
            action: 'exception',
            detail: `${action} “${name}”`,
          } as const,
        ]),
  ]);
}
