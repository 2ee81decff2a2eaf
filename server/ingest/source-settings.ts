import { type Author, recordActivity } from '#server/state/activity.ts';
import type { State, StateReader } from '#server/state/open-state.ts';
import { formatInstant } from '#shared/base/time.ts';

/** What settings of uploads that were recognised as one kind of source are kept under. */
export const uploadedSource = (recognised: string): string => `upload:${recognised}`;

/** Sources whose merged documents are split as they are loaded. */
export async function sourcesToSplit(state: StateReader): Promise<ReadonlySet<string>> {
  const rows = await state.selectFrom('sourceSettings').select('source').where('splitMerged', '=', 1).execute();
  return new Set(rows.map(({ source }) => source));
}

/** Sets how records of a source are stored from now on; what is stored stays as it is. */
export async function changeSourceSettings(
  state: State,
  author: Author,
  { id, name, splitMerged }: { readonly id: string; readonly name: string; readonly splitMerged: boolean },
): Promise<void> {
  await state.transaction().execute(async (transaction) => {
    const change = {
      splitMerged: splitMerged ? 1 : 0,
      updatedAt: formatInstant(author.now),
      updatedBy: author.actor,
    };
    await transaction
      .insertInto('sourceSettings')
      .values({ source: id, ...change })
      .onConflict((conflict) => conflict.column('source').doUpdateSet(change))
      .execute();
    const detail = `merged documents of ${name} are stored ${splitMerged ? 'as one event an action' : 'as they come'}`;
    await recordActivity(transaction, author, [{ subject: 'source', subjectId: id, action: 'changed', detail }]);
  });
}
