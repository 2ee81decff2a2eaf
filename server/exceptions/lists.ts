import type { Selectable } from 'kysely';
import * as z from 'zod';
import { notFound, Refusal } from '#server/refusal.ts';
import { type Author, recordActivity } from '#server/state/activity.ts';
import { jsonColumn } from '#server/state/json-column.ts';
import type { State, StateReader, StateTransaction } from '#server/state/open-state.ts';
import type { ExceptionListTable } from '#server/state/tables/exceptions.ts';
import { formatInstant } from '#shared/base/time.ts';
import { type ExceptionList, type ExceptionListDraft, exceptionListSchema } from '#shared/exceptions/item.ts';

const { shape } = exceptionListSchema;
const textsColumn = jsonColumn(z.array(z.string()));
const osTypesColumn = jsonColumn(shape.osTypes.unwrap());
const metaColumn = jsonColumn(shape.meta.unwrap().unwrap());

const listOf = (row: Selectable<ExceptionListTable>): ExceptionList => ({
  ...row,
  type: shape.type.parse(row.type),
  namespace: shape.namespace.parse(row.namespace),
  osTypes: osTypesColumn.read(row.osTypes),
  tags: textsColumn.read(row.tags),
  meta: row.meta === null ? null : metaColumn.read(row.meta),
  rules: textsColumn.read(row.rules),
});

const columnsOf = ({ osTypes, tags, meta, rules, ...rest }: ExceptionListDraft) => ({
  ...rest,
  osTypes: osTypesColumn.write(osTypes),
  tags: textsColumn.write(tags),
  meta: meta === null ? null : metaColumn.write(meta),
  rules: textsColumn.write([...new Set(rules)].sort()),
});

/** By name. */
export async function readLists(state: StateReader): Promise<ExceptionList[]> {
  const rows = await state.selectFrom('exceptionLists').selectAll().orderBy('name').orderBy('id').execute();
  return rows.map(listOf);
}

export async function readListIn(transaction: StateReader, id: string): Promise<ExceptionList | null> {
  const row = await transaction.selectFrom('exceptionLists').selectAll().where('id', '=', id).executeTakeFirst();
  return row ? listOf(row) : null;
}

/** Makes a list, or replaces one of the same id at the version given. */
export const saveList = (
  state: State,
  author: Author,
  draft: ExceptionListDraft,
  version: number | null,
): Promise<ExceptionList> =>
  state.transaction().execute((transaction) => saveListIn(transaction, author, draft, version));

/** `version`: null for a new one. */
export async function saveListIn(
  transaction: StateTransaction,
  author: Author,
  draft: ExceptionListDraft,
  version: number | null,
): Promise<ExceptionList> {
  const present = await transaction
    .selectFrom('exceptionLists')
    .selectAll()
    .where('id', '=', draft.id)
    .executeTakeFirst();
  if (version === null && present) throw new Refusal('conflict', `There is a list ${draft.id} already.`);
  if (version !== null && !present) throw notFound('list');
  if (present && present.version !== version) {
    throw new Refusal('conflict', `${present.updatedBy} has changed this list since you opened it.`);
  }
  const at = formatInstant(author.now);
  const row = {
    ...columnsOf(draft),
    version: (version ?? 0) + 1,
    createdAt: present?.createdAt ?? at,
    createdBy: present?.createdBy ?? author.actor,
    updatedAt: at,
    updatedBy: author.actor,
  };
  if (present) await transaction.updateTable('exceptionLists').set(row).where('id', '=', draft.id).execute();
  else await transaction.insertInto('exceptionLists').values(row).execute();
  const attached = draft.rules.length > 0 ? `attached to ${draft.rules.join(', ')}` : 'attached to no rule';
  await recordActivity(transaction, author, [
    {
      subject: 'exception',
      subjectId: draft.id,
      action: present ? 'list changed' : 'list created',
      detail: `“${draft.name}”, ${attached}`,
    },
  ]);
  return listOf(row);
}

/** Refuses a list with items: they would be in no list, and of no rule. */
export const deleteList = (state: State, author: Author, id: string): Promise<void> =>
  state.transaction().execute((transaction) => deleteListIn(transaction, author, id));

export async function deleteListIn(transaction: StateTransaction, author: Author, id: string): Promise<void> {
  const item = await transaction.selectFrom('exceptions').select('id').where('list', '=', id).executeTakeFirst();
  if (item) {
    throw new Refusal('conflict', 'The list has exceptions in it.', { remedy: 'Move or delete them first.' });
  }
  const row = await transaction.deleteFrom('exceptionLists').where('id', '=', id).returningAll().executeTakeFirst();
  if (!row) throw notFound('list');
  await recordActivity(transaction, author, [
    { subject: 'exception', subjectId: id, action: 'list deleted', detail: `“${row.name}”` },
  ]);
}
