import { type Author, recordActivity } from '#server/state/activity.ts';
import { jsonColumn } from '#server/state/json-column.ts';
import type { StateReader, StateTransaction } from '#server/state/open-state.ts';
import { formatInstant } from '#shared/base/time.ts';
import { type Guide, guideSchema } from '#shared/guide/guide.ts';
import { nextVersion } from './next-version.ts';

/** A state that users gave the guide of a rule. Version 0, the guide as it was shipped, is not among them. */
export interface GuideVersion {
  readonly rule: string;
  readonly version: number;
  readonly at: string;
  readonly actor: string;
  readonly why: string;
  /** Null: put back to how it was shipped. */
  readonly guide: Guide | null;
}

const guideColumn = jsonColumn(guideSchema);

/** Of all rules, oldest first. */
export async function readGuideVersions(state: StateReader): Promise<readonly GuideVersion[]> {
  const rows = await state.selectFrom('guideVersions').selectAll().orderBy('rule').orderBy('version').execute();
  return rows.map((row) => ({ ...row, guide: row.guide === null ? null : guideColumn.read(row.guide) }));
}

/** Adds the version after `since`; refuses where somebody else has. Gives its number. */
export async function addGuideVersion(
  transaction: StateTransaction,
  author: Author,
  { rule, since, why, guide }: Pick<GuideVersion, 'rule' | 'why' | 'guide'> & { readonly since: number },
): Promise<number> {
  const version = await nextVersion(transaction, 'guideVersions', { rule, since });
  const written = { at: formatInstant(author.now), actor: author.actor, why };
  const text = guide === null ? null : guideColumn.write(guide);
  await transaction
    .insertInto('guideVersions')
    .values({ rule, version, ...written, guide: text })
    .execute();
  const what = guide === null ? 'guide put back to how it was shipped' : `guide changed, version ${version}`;
  const detail = why === '' ? what : `${what}: ${why}`;
  await recordActivity(transaction, author, [{ subject: 'rule', subjectId: rule, action: 'guide', detail }]);
  return version;
}
