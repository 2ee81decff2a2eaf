import type { Selectable } from 'kysely';
import { notFound } from '#server/refusal.ts';
import { type Author, recordActivity } from '#server/state/activity.ts';
import { jsonColumn } from '#server/state/json-column.ts';
import type { State, StateReader, StateTransaction } from '#server/state/open-state.ts';
import type { CustomRuleTable } from '#server/state/tables/rules.ts';
import { formatInstant } from '#shared/base/time.ts';
import type { Guide } from '#shared/guide/guide.ts';
import { type RuleChanges, ruleChangesSchema } from '#shared/rule/rule-changes.ts';
import { addGuideVersion } from './guide-versions.ts';
import { addRuleVersion } from './rule-versions.ts';
import { dropWaitingChange } from './waiting-changes.ts';

/** A rule of the users': a text they imported, or a rule of the `rules` folder, each with their changes. */
export interface CustomRule {
  readonly slug: string;
  /** Slug of the rule of the folder that it is made of; the same slug: it stands in that rule's place. */
  readonly base: string | null;
  /** The file, or its line of an export, that it was imported from. */
  readonly source: string | null;
  readonly changes: RuleChanges;
  readonly version: number;
  readonly createdAt: string;
  readonly createdBy: string;
  readonly updatedAt: string;
  readonly updatedBy: string;
}

const changesColumn = jsonColumn<RuleChanges>(ruleChangesSchema);

const customRuleOf = (row: Selectable<CustomRuleTable>): CustomRule => ({
  ...row,
  changes: changesColumn.read(row.changes),
});

/** By slug. */
export async function readCustomRules(state: StateReader): Promise<readonly CustomRule[]> {
  const rows = await state.selectFrom('customRules').selectAll().orderBy('slug').execute();
  return rows.map(customRuleOf);
}

export type NewRule = Pick<CustomRule, 'slug' | 'base' | 'source' | 'changes'> & {
  readonly enabled: boolean;
  /** Another guide than that of what it is made of. */
  readonly guide?: Guide;
  /** The version that it is made on; absent where nothing of its name was here. */
  readonly since?: number;
  readonly why: string;
  /** What was done, in plain words, for the log. */
  readonly detail: string;
};

export async function addRules(state: State, author: Author, rules: readonly NewRule[]): Promise<void> {
  const at = formatInstant(author.now);
  await state.transaction().execute(async (transaction) => {
    for (const { slug, base, source, changes, enabled, guide, since = 0, why, detail } of rules) {
      const version = await addRuleVersion(transaction, author, { rule: slug, since, why, changes });
      const written = { createdAt: at, createdBy: author.actor, updatedAt: at, updatedBy: author.actor };
      await transaction
        .insertInto('customRules')
        .values({ slug, base, source, changes: changesColumn.write(changes), version, ...written })
        .execute();
      // A rule of the same place may have been there before, and switched off.
      if (slug !== base) await setEnabled(transaction, slug, enabled);
      await recordActivity(transaction, author, [{ subject: 'rule', subjectId: slug, action: 'added', detail }]);
      if (guide) await addGuideVersion(transaction, author, { rule: slug, since: 0, why: detail, guide });
    }
  });
}

async function setEnabled(transaction: StateTransaction, rule: string, enabled: boolean): Promise<void> {
  const value = enabled ? 1 : 0;
  await transaction
    .insertInto('ruleSettings')
    .values({ rule, enabled: value, lastTick: null })
    .onConflict((conflict) => conflict.column('rule').doUpdateSet({ enabled: value, lastTick: null }))
    .execute();
}

interface RuleChange {
  readonly changes: RuleChanges;
  /** That it was made on. */
  readonly version: number;
  readonly why: string;
}

/** Refuses where somebody else has changed it since it was read. */
export async function changeRule(
  state: State,
  author: Author,
  slug: string,
  { changes, version: since, why }: RuleChange,
): Promise<void> {
  await state.transaction().execute(async (transaction) => {
    const version = await addRuleVersion(transaction, author, { rule: slug, since, why, changes });
    const updated = { updatedAt: formatInstant(author.now), updatedBy: author.actor };
    await transaction
      .updateTable('customRules')
      .set({ changes: changesColumn.write(changes), version, ...updated })
      .where('slug', '=', slug)
      .execute();
    const detail = changeWords(changes, why);
    await recordActivity(transaction, author, [{ subject: 'rule', subjectId: slug, action: 'changed', detail }]);
  });
}

/** A change as the log says it. */
export function changeWords(changes: RuleChanges, why: string): string {
  const what = `changed ${Object.keys(changes).join(', ') || 'back to what it was made of'}`;
  return why === '' ? what : `${what}: ${why}`;
}

/** Alerts of the rule stay, and say that it is no longer here. A shipped rule is put back, which is a version of it. */
export async function removeRule(
  state: State,
  author: Author,
  slug: string,
  { since, why }: { readonly since: number; readonly why: string },
): Promise<void> {
  await state.transaction().execute(async (transaction) => {
    const gone = await transaction
      .deleteFrom('customRules')
      .where('slug', '=', slug)
      .returning('base')
      .executeTakeFirst();
    if (!gone) throw notFound('rule of your own');
    const putsBack = gone.base === slug;
    if (putsBack) await addRuleVersion(transaction, author, { rule: slug, since, why, changes: null });
    // Its guide is put back by itself.
    else {
      await transaction.deleteFrom('guideVersions').where('rule', '=', slug).execute();
      await transaction.deleteFrom('ruleVersions').where('rule', '=', slug).execute();
      await dropWaitingChange(transaction, slug);
    }
    const what = putsBack ? 'put back to how it was shipped' : 'removed';
    const detail = why === '' ? what : `${what}: ${why}`;
    await recordActivity(transaction, author, [{ subject: 'rule', subjectId: slug, action: 'removed', detail }]);
  });
}
