import type { Author } from '#server/state/activity.ts';
import { jsonColumn } from '#server/state/json-column.ts';
import type { StateReader, StateTransaction } from '#server/state/open-state.ts';
import { formatInstant } from '#shared/base/time.ts';
import { type RuleChanges, ruleChangesSchema } from '#shared/rule/rule-changes.ts';
import { nextVersion } from './next-version.ts';
import { settleWaitingChange } from './waiting-changes.ts';

/** A state that users gave a rule. Version 0, the rule as it was shipped, is not among them. */
export interface RuleVersion {
  readonly rule: string;
  readonly version: number;
  readonly at: string;
  readonly actor: string;
  readonly why: string;
  /** From what it was made of; null: put back to how it was shipped. */
  readonly changes: RuleChanges | null;
}

const changesColumn = jsonColumn<RuleChanges>(ruleChangesSchema);

/** Of all rules, oldest first. */
export async function readRuleVersions(state: StateReader): Promise<readonly RuleVersion[]> {
  const rows = await state.selectFrom('ruleVersions').selectAll().orderBy('rule').orderBy('version').execute();
  return rows.map((row) => ({ ...row, changes: row.changes === null ? null : changesColumn.read(row.changes) }));
}

type NewVersion = Pick<RuleVersion, 'rule' | 'why' | 'changes'> & {
  /** The version that it was made on. */
  readonly since: number;
};

/** Adds the version after `since`; refuses where somebody else has. Gives its number. */
export async function addRuleVersion(
  transaction: StateTransaction,
  author: Author,
  { rule, since, why, changes }: NewVersion,
): Promise<number> {
  const version = await nextVersion(transaction, 'ruleVersions', { rule, since });
  const text = changes === null ? null : changesColumn.write(changes);
  const written = { at: formatInstant(author.now), actor: author.actor, why };
  await transaction
    .insertInto('ruleVersions')
    .values({ rule, version, ...written, changes: text })
    .execute();
  await settleWaitingChange(transaction, author, { rule, changes });
  return version;
}
