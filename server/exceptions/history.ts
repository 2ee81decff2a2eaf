import type { Author } from '#server/state/activity.ts';
import { jsonColumn } from '#server/state/json-column.ts';
import type { StateReader, StateTransaction } from '#server/state/open-state.ts';
import { formatInstant } from '#shared/base/time.ts';
import { type Exception, type ExceptionDraft, exceptionDraftSchema } from '#shared/exceptions/item.ts';
import { draftOf, type ExceptionFacts, factsSchema } from './row.ts';

/** A state that an exception was in. */
export interface ExceptionVersion {
  readonly version: number;
  readonly at: string;
  readonly actor: string;
  readonly action: string;
  readonly why: string;
  readonly draft: ExceptionDraft;
}

const draftColumn = jsonColumn(exceptionDraftSchema);
const factsColumn = jsonColumn(factsSchema);

/** Keeps the state that a change left; of one that it deleted, all that else would be gone. */
export async function keepVersion(
  transaction: StateTransaction,
  author: Author,
  { exception, action, why }: Pick<ExceptionVersion, 'action' | 'why'> & { readonly exception: Exception },
): Promise<void> {
  const { id, version } = exception;
  const draft = draftColumn.write(draftOf(exception));
  const facts = action === 'deleted' ? factsColumn.write(factsSchema.parse(exception)) : null;
  const by = { at: formatInstant(author.now), actor: author.actor };
  const row = { exception: id, version, action, why, draft, facts, ...by };
  await transaction.insertInto('exceptionVersions').values(row).execute();
}

/** What a deleted exception was beside its draft; undefined where it was deleted before this was kept. */
export async function factsOfDeleted(state: StateReader, exception: string): Promise<ExceptionFacts | undefined> {
  const row = await state
    .selectFrom('exceptionVersions')
    .select('facts')
    .where('exception', '=', exception)
    .orderBy('version', 'desc')
    .executeTakeFirst();
  return row?.facts ? factsColumn.read(row.facts) : undefined;
}

/** Newest first; also of one that is deleted. */
export async function readVersions(state: StateReader, exception: string): Promise<ExceptionVersion[]> {
  const rows = await state
    .selectFrom('exceptionVersions')
    .select(['version', 'at', 'actor', 'action', 'why', 'draft'])
    .where('exception', '=', exception)
    .orderBy('version', 'desc')
    .execute();
  return rows.map((row) => ({ ...row, draft: draftColumn.read(row.draft) }));
}
