import type { Selectable } from 'kysely';
import type * as z from 'zod';
import { notFound, Refusal } from '#server/refusal.ts';
import { type Author, recordActivity } from '#server/state/activity.ts';
import { newId } from '#server/state/ids.ts';
import type { State, StateReader, StateTransaction } from '#server/state/open-state.ts';
import type { SavedViewTable } from '#server/state/tables/console.ts';
import type { changeView, chooseView, SavedView, ViewDraft } from '#shared/api/views.ts';
import { formatInstant } from '#shared/base/time.ts';

type Change = z.output<typeof changeView.body>;
type Choice = z.output<typeof chooseView.body>;
type Row = Selectable<SavedViewTable>;

/** What somebody can see: the shared views and their own, by name whatever its letter case. */
export async function readViews(state: StateReader, actor: string): Promise<SavedView[]> {
  const rows = await visible(state, actor).execute();
  return rows.map(viewOf).sort((left, right) => left.name.localeCompare(right.name, 'en'));
}

export function insertView(state: State, author: Author, draft: ViewDraft): Promise<SavedView> {
  const at = formatInstant(author.now);
  const row: Row = {
    id: newId(author.now),
    name: draft.name,
    shared: Number(draft.shared),
    state: draft.state,
    version: 1,
    ...{ createdAt: at, createdBy: author.actor, updatedAt: at, updatedBy: author.actor },
  };
  return state.transaction().execute(async (transaction) => {
    await transaction.insertInto('savedViews').values(row).execute();
    await audit(transaction, author, row, 'saved', row.name);
    return readView(transaction, author.actor, row.id);
  });
}

/** Names, shares or fills a view anew, where nobody has changed it since the version that is named. */
export function updateView(state: State, author: Author, id: string, change: Change): Promise<SavedView> {
  const { version, shared, ...texts } = change;
  return state.transaction().execute(async (transaction) => {
    const before = await rowOf(transaction, author.actor, id);
    if (before.version !== version) {
      throw new Refusal('conflict', 'Somebody has changed this view since.', { remedy: 'Look at it again.' });
    }
    if (shared === false && before.createdBy !== author.actor) {
      throw new Refusal('invalid-request', `Only ${before.createdBy} can make this view private.`);
    }
    const after = await transaction
      .updateTable('savedViews')
      .set({ ...texts, ...(shared === undefined ? {} : { shared: Number(shared) }) })
      .set({ version: version + 1, updatedAt: formatInstant(author.now), updatedBy: author.actor })
      .where('id', '=', id)
      .returningAll()
      .executeTakeFirstOrThrow();
    const audited = before.shared === 1 ? before : after;
    await audit(transaction, author, audited, 'changed', detailOf(before, after));
    return readView(transaction, author.actor, id);
  });
}

/** Pins a view for somebody, or makes it the one that their queue opens with: there is one of those at most. */
export function choose(state: State, author: Author, id: string, choice: Choice): Promise<SavedView> {
  const { actor } = author;
  return state.transaction().execute(async (transaction) => {
    const before = await readView(transaction, actor, id);
    if (choice.isDefault) {
      await transaction.updateTable('viewChoices').set({ isDefault: 0 }).where('actor', '=', actor).execute();
    }
    const numbers = {
      pinned: Number(choice.pinned ?? before.pinned),
      isDefault: Number(choice.isDefault ?? before.isDefault),
    };
    await transaction
      .insertInto('viewChoices')
      .values({ actor, viewId: id, ...numbers })
      .onConflict((conflict) => conflict.columns(['actor', 'viewId']).doUpdateSet(numbers))
      .execute();
    return readView(transaction, actor, id);
  });
}

export function removeView(state: State, author: Author, id: string): Promise<void> {
  return state.transaction().execute(async (transaction) => {
    const row = await rowOf(transaction, author.actor, id);
    await transaction.deleteFrom('viewChoices').where('viewId', '=', id).execute();
    await transaction.deleteFrom('savedViews').where('id', '=', id).execute();
    await audit(transaction, author, row, 'deleted', row.name);
  });
}

const visible = (state: StateReader, actor: string) =>
  state
    .selectFrom('savedViews')
    .leftJoin('viewChoices', (join) =>
      join.onRef('viewChoices.viewId', '=', 'savedViews.id').on('viewChoices.actor', '=', actor),
    )
    .selectAll('savedViews')
    .select(['viewChoices.pinned', 'viewChoices.isDefault'])
    .where((where) => where.or([where('shared', '=', 1), where('createdBy', '=', actor)]));

async function rowOf(state: StateReader, actor: string, id: string) {
  const row = await visible(state, actor).where('savedViews.id', '=', id).executeTakeFirst();
  if (!row) throw notFound('view');
  return row;
}

const readView = async (state: StateReader, actor: string, id: string): Promise<SavedView> =>
  viewOf(await rowOf(state, actor, id));

const viewOf = ({
  shared,
  pinned,
  isDefault,
  createdAt: _at,
  ...row
}: Row & { pinned: number | null; isDefault: number | null }): SavedView => ({
  ...row,
  shared: shared === 1,
  pinned: pinned === 1,
  isDefault: isDefault === 1,
});

function detailOf(before: Row, after: Row): string {
  const parts = [after.name];
  if (before.name !== after.name) parts.push(`was “${before.name}”`);
  if (before.shared !== after.shared) parts.push(after.shared === 1 ? 'shared' : 'made private');
  if (before.state !== after.state) parts.push('shows something else');
  return parts.join(', ');
}

/** What everybody sees is on record; what somebody keeps for themselves is not. */
async function audit(
  transaction: StateTransaction,
  author: Author,
  view: Pick<Row, 'id' | 'shared'>,
  action: string,
  detail: string,
): Promise<void> {
  if (view.shared === 0) return;
  await recordActivity(transaction, author, [{ subject: 'view', subjectId: view.id, action, detail }]);
}
