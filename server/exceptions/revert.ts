import { notFound } from '#server/refusal.ts';
import { readVersions } from './history.ts';
import { restoreException } from './records.ts';
import { type SaveContext, type Saved, saveDraft } from './save.ts';

/** Puts an exception back to how it was, as a change of its own: checked as every change, and with its own entry in the history. */
export async function revertTo(
  context: SaveContext,
  id: string,
  { version, why, override }: { readonly version: number; readonly why: string; readonly override: string },
): Promise<Saved> {
  const { state, author } = context;
  const versions = await readVersions(state, id);
  const wanted = versions.find((one) => one.version === version);
  const newest = versions[0];
  if (!wanted || !newest) throw notFound('version');
  if (newest.action === 'deleted') {
    // It comes back switched off, so that the change that puts it in force is checked as any other.
    await restoreException(state, author, id, { ...wanted.draft, enabled: false }, newest.version + 1);
    const saving = { why: `Back to version ${version}. ${why}`.trim(), override, closeMatching: false };
    return saveDraft(context, wanted.draft, saving, { id, version: newest.version + 1, action: 'reverted' });
  }
  const saving = { why: `Back to version ${version}. ${why}`.trim(), override, closeMatching: false };
  return saveDraft(context, wanted.draft, saving, { id, version: newest.version, action: 'reverted' });
}
