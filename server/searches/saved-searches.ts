import type { Selectable } from 'kysely';
import * as z from 'zod';
import { notFound } from '#server/refusal.ts';
import { type Author, recordActivity } from '#server/state/activity.ts';
import { newId } from '#server/state/ids.ts';
import { jsonColumn } from '#server/state/json-column.ts';
import type { State, StateReader, StateTransaction } from '#server/state/open-state.ts';
import type { SavedSearchTable } from '#server/state/tables/console.ts';
import { queryLanguageSchema, type SavedSearch, type SavedSearchDraft } from '#shared/api/search.ts';
import { formatInstant } from '#shared/base/time.ts';

const columnsColumn = jsonColumn(z.array(z.string()));

const searchOf = ({ windowFrom, windowTo, ...row }: Selectable<SavedSearchTable>): SavedSearch => ({
  ...row,
  language: queryLanguageSchema.parse(row.language),
  columns: columnsColumn.read(row.columns),
  from: windowFrom,
  to: windowTo,
});

/** All of them by name, whatever its letter case. */
export async function readSearches(state: StateReader): Promise<SavedSearch[]> {
  const rows = await state.selectFrom('savedSearches').selectAll().execute();
  return rows.map(searchOf).sort((left, right) => left.name.localeCompare(right.name, 'en'));
}

export function insertSearch(state: State, author: Author, draft: SavedSearchDraft): Promise<SavedSearch> {
  const { from, to, columns, ...rest } = draft;
  const row = {
    ...rest,
    id: newId(author.now),
    columns: columnsColumn.write(columns),
    windowFrom: from,
    windowTo: to,
    createdAt: formatInstant(author.now),
    createdBy: author.actor,
  };
  return state.transaction().execute(async (transaction) => {
    await transaction.insertInto('savedSearches').values(row).execute();
    await record(transaction, author, row.id, 'saved', row.name);
    return searchOf(row);
  });
}

export function renameSearch(state: State, author: Author, id: string, name: string): Promise<SavedSearch> {
  return state.transaction().execute(async (transaction) => {
    const row = await transaction
      .updateTable('savedSearches')
      .set({ name })
      .where('id', '=', id)
      .returningAll()
      .executeTakeFirst();
    if (!row) throw notFound('saved search');
    await record(transaction, author, id, 'renamed', name);
    return searchOf(row);
  });
}

export function deleteSearch(state: State, author: Author, id: string): Promise<void> {
  return state.transaction().execute(async (transaction) => {
    const row = await transaction.deleteFrom('savedSearches').where('id', '=', id).returningAll().executeTakeFirst();
    if (!row) throw notFound('saved search');
    await record(transaction, author, id, 'deleted', row.name);
  });
}

const record = (transaction: StateTransaction, author: Author, subjectId: string, action: string, detail: string) =>
  recordActivity(transaction, author, [{ subject: 'search', subjectId, action, detail }]);
