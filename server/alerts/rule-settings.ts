import { type Author, recordActivity } from '#server/state/activity.ts';
import type { State, StateReader, StateTransaction } from '#server/state/open-state.ts';
import { formatInstant, type Instant, parseInstant } from '#shared/base/time.ts';

/** Rules are on until somebody switches them off. */
export async function disabledRules(state: StateReader): Promise<ReadonlySet<string>> {
  const rows = await state.selectFrom('ruleSettings').select('rule').where('enabled', '=', 0).execute();
  return new Set(rows.map((row) => row.rule));
}

export function switchRule(state: State, author: Author, rule: string, enabled: boolean): Promise<void> {
  return state.transaction().execute(async (transaction) => {
    const value = enabled ? 1 : 0;
    await transaction
      .insertInto('ruleSettings')
      .values({ rule, enabled: value, lastTick: null })
      .onConflict((conflict) => conflict.column('rule').doUpdateSet({ enabled: value }))
      .execute();
    const action = enabled ? 'enabled' : 'disabled';
    await recordActivity(transaction, author, [
      { subject: 'rule', subjectId: rule, action, detail: `switched ${enabled ? 'on' : 'off'}` },
    ]);
  });
}

/** Time of a rule's last scheduled run; null before the first. */
export async function lastTickOf(state: StateReader, rule: string): Promise<Instant | null> {
  const row = await state.selectFrom('ruleSettings').select('lastTick').where('rule', '=', rule).executeTakeFirst();
  return row?.lastTick ? parseInstant(row.lastTick) : null;
}

export async function keepLastTick(transaction: StateTransaction, rule: string, tick: Instant): Promise<void> {
  const lastTick = formatInstant(tick);
  await transaction
    .insertInto('ruleSettings')
    .values({ rule, enabled: 1, lastTick })
    .onConflict((conflict) => conflict.column('rule').doUpdateSet({ lastTick }))
    .execute();
}
