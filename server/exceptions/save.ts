import { changeSelected } from '#server/alerts/change.ts';
import { Refusal } from '#server/refusal.ts';
import type { Author } from '#server/state/activity.ts';
import type { State } from '#server/state/open-state.ts';
import { requireReason } from '#server/tuning/required-reason.ts';
import type { Exception, ExceptionDraft } from '#shared/exceptions/item.ts';
import { countHits, keepProfile } from './hits.ts';
import { previewDraft } from './preview.ts';
import type { PreviewContext } from './preview-context.ts';
import { ensureCurrent, insertException, replaceException } from './records.ts';

export interface Saving {
  readonly why: string;
  readonly override: string;
  readonly closeMatching: boolean;
}

export interface SaveContext extends Omit<PreviewContext, 'state'> {
  readonly state: State;
  readonly author: Author;
}

export interface Saved extends Exception {
  readonly closed: number;
  readonly undo: string | null;
}

/**
 * Saves a draft: refused where it could never work, and, without a reason in the author's words, where it would have hidden true
 * positives over everything stored, or breaks a case, that the exception as it was did not.
 */
export async function saveDraft(
  context: SaveContext,
  draft: ExceptionDraft,
  { why, override, closeMatching }: Saving,
  present: { readonly id: string; readonly version: number; readonly action?: string } | null,
): Promise<Saved> {
  const { state, store, author } = context;
  if (present) await ensureCurrent(state, present.id, present.version);
  const { window: range } = await store.statistics();
  const check = await previewDraft(context, { draft, replaces: present?.id, range });
  const wrong = check.diagnostics.find(({ severity }) => severity === 'error');
  if (wrong) {
    throw new Refusal('invalid-request', wrong.message, {
      ...(wrong.remedy !== undefined && { remedy: wrong.remedy }),
      details: [{ path: 'body.entries', message: wrong.message }],
    });
  }
  const record = draft.enabled
    ? requireReason({ ...check, removedTruePositives: check.newTruePositives }, override, {
        harm: 'have hidden',
        remedy: 'Narrow its conditions',
      })
    : null;
  const because = { why: [why, record ?? ''].filter((text) => text !== '').join(' ') };
  // What is stored by now was not hidden by what is only now approved.
  for (const slug of check.rules) await countHits(context, slug);
  const saved = present
    ? await replaceException(
        state,
        author,
        present.id,
        { ...draft, version: present.version },
        { ...because, ...(present.action !== undefined && { action: present.action }) },
      )
    : await insertException(state, author, draft, because);
  await keepProfile(context, saved);
  return { ...saved, ...(await closeRemoved(context, saved, closeMatching ? check.removedKeys : [])) };
}

/** Closes open alerts about these keys, which name their rule: no other rule's alert is touched. */
async function closeRemoved(
  { state, author }: SaveContext,
  { name }: Exception,
  keys: readonly string[],
): Promise<Pick<Saved, 'closed' | 'undo'>> {
  const ids: string[] = [];
  for (let at = 0; at < keys.length; at += 500) {
    const rows = await state
      .selectFrom('alerts')
      .select('id')
      .where('keysDigest', 'in', keys.slice(at, at + 500))
      .where('status', '!=', 'closed')
      .execute();
    ids.push(...rows.map(({ id }) => id));
  }
  if (ids.length === 0) return { closed: 0, undo: null };
  const note = `Closed with the exception “${name}”.`;
  const change = { status: 'closed', verdict: 'false-positive', note } as const;
  const { changed, undo } = await changeSelected(state, author, { selection: { ids }, change });
  return { closed: changed, undo };
}
