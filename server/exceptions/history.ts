import type { Author } from '#server/state/activity.ts';
import { jsonColumn } from '#server/state/json-column.ts';
import type { StateReader, StateTransaction } from '#server/state/open-state.ts';
import { formatInstant } from '#shared/base/time.ts';
import { type ExceptionDraft, exceptionDraftSchema } from '#shared/exceptions/item.ts';

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

export async function keepVersion(
  transaction: StateTransaction,
  author: Author,
  { draft, ...version }: Omit<ExceptionVersion, 'at' | 'actor'> & { readonly exception: string },
): Promise<void> {
  const row = { ...version, at: formatInstant(author.now), actor: author.actor, draft: draftColumn.write(draft) };
  await transaction.insertInto('exceptionVersions').values(row).execute();
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
