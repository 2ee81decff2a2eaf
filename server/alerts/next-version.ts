import { Refusal } from '#server/refusal.ts';
import type { StateTransaction } from '#server/state/open-state.ts';

const WHAT = { ruleVersions: 'rule', guideVersions: 'guide' } as const;

/** The number of the version that follows the one a change was made on; refuses where another has followed it already. */
export async function nextVersion(
  transaction: StateTransaction,
  table: keyof typeof WHAT,
  { rule, since }: { readonly rule: string; readonly since: number },
): Promise<number> {
  const newest = await transaction
    .selectFrom(table)
    .select((select) => select.fn.max('version').as('version'))
    .where('rule', '=', rule)
    .executeTakeFirst();
  if ((newest?.version ?? 0) !== since) throw changedSince(table);
  return since + 1;
}

/** What is said where a change was made on a version that is no longer the newest. */
export const changedSince = (table: keyof typeof WHAT): Refusal =>
  new Refusal('conflict', `Somebody else has changed this ${WHAT[table]} since you opened it.`, {
    remedy: 'Load it again, and repeat your change.',
  });
