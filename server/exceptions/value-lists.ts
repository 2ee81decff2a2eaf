import * as z from 'zod';
import { notFound, Refusal } from '#server/refusal.ts';
import { type Author, recordActivity } from '#server/state/activity.ts';
import { jsonColumn } from '#server/state/json-column.ts';
import type { State, StateReader } from '#server/state/open-state.ts';
import { formatInstant } from '#shared/base/time.ts';
import { listTypeSchema, type ValueList } from '#shared/exceptions/item.ts';

const valuesColumn = jsonColumn(z.array(z.string()));

/** By name. */
export async function readValueLists(state: StateReader): Promise<ValueList[]> {
  const rows = await state.selectFrom('valueLists').selectAll().orderBy('name').orderBy('id').execute();
  return rows.map((row) => ({ ...row, type: listTypeSchema.parse(row.type), values: valuesColumn.read(row.values) }));
}

/** Makes a list of values, or replaces the values of the one with this id. */
export function saveValueList(
  state: State,
  author: Author,
  list: Pick<ValueList, 'id' | 'name' | 'type' | 'values'>,
): Promise<ValueList> {
  return state.transaction().execute(async (transaction) => {
    const present = await transaction.selectFrom('valueLists').selectAll().where('id', '=', list.id).executeTakeFirst();
    if (present && present.type !== list.type) {
      throw new Refusal('conflict', `The list ${list.id} holds values of type ${present.type}.`);
    }
    const values = [...new Set(list.values)];
    const saved: ValueList = {
      ...list,
      values,
      version: (present?.version ?? 0) + 1,
      updatedAt: formatInstant(author.now),
      updatedBy: author.actor,
    };
    const row = { ...saved, values: valuesColumn.write(values) };
    if (present) await transaction.updateTable('valueLists').set(row).where('id', '=', list.id).execute();
    else await transaction.insertInto('valueLists').values(row).execute();
    const before = present ? valuesColumn.read(present.values).length : 0;
    await recordActivity(transaction, author, [
      {
        subject: 'exception',
        subjectId: list.id,
        action: present ? 'value list changed' : 'value list created',
        detail: `“${list.name}”: ${values.length} values${present ? `, before ${before}` : ''}`,
      },
    ]);
    return saved;
  });
}

/** Refuses a list that an exception names: without it, the exception's rules could not run. */
export function deleteValueList(state: State, author: Author, id: string): Promise<void> {
  return state.transaction().execute(async (transaction) => {
    const items = await transaction.selectFrom('exceptions').select(['name', 'entries']).execute();
    const user = items.find(({ entries }) => namedIn(entries).includes(id));
    if (user) throw new Refusal('conflict', `The exception “${user.name}” uses this list.`);
    const row = await transaction.deleteFrom('valueLists').where('id', '=', id).returningAll().executeTakeFirst();
    if (!row) throw notFound('list of values');
    await recordActivity(transaction, author, [
      { subject: 'exception', subjectId: id, action: 'value list deleted', detail: `“${row.name}”` },
    ]);
  });
}

const namesSchema = z.array(z.object({ list: z.object({ id: z.string() }).optional() }));

const namedIn = (entries: string): readonly string[] =>
  namesSchema.parse(JSON.parse(entries)).flatMap(({ list }) => (list ? [list.id] : []));
