import type { Selectable } from 'kysely';
import { Refusal } from '#server/refusal.ts';
import type { Author } from '#server/state/activity.ts';
import { jsonColumn } from '#server/state/json-column.ts';
import type { State, StateReader, StateTransaction } from '#server/state/open-state.ts';
import type { WaitingChangeTable } from '#server/state/tables/rules.ts';
import { formatInstant } from '#shared/base/time.ts';
import { type RuleChanges, ruleChangesSchema } from '#shared/rule/rule-changes.ts';

/** A change of a rule that is saved as soon as stored events have the fields that it reads. A rule has one at most. */
export interface WaitingChange {
  readonly rule: string;
  readonly at: string;
  readonly actor: string;
  /** That it was made on. */
  readonly version: number;
  /** From what the rule was made of; null: it is put back to how it was shipped. */
  readonly changes: RuleChanges | null;
  readonly why: string;
  /** Why it may be saved though it loses true positives, or breaks cases. */
  readonly override: string;
  /** Why it was not saved, for who made it: it waits no longer. */
  readonly problem: string | null;
}

const changesColumn = jsonColumn<RuleChanges>(ruleChangesSchema);

const changeOf = (row: Selectable<WaitingChangeTable>): WaitingChange => ({
  ...row,
  changes: row.changes === null ? null : changesColumn.read(row.changes),
});

/** Those that wait, and those that were not saved; the oldest first. */
export async function readWaitingChanges(state: StateReader): Promise<readonly WaitingChange[]> {
  const rows = await state.selectFrom('waitingChanges').selectAll().orderBy('at').orderBy('rule').execute();
  return rows.map(changeOf);
}

export async function findWaitingChange(state: StateReader, rule: string): Promise<WaitingChange | null> {
  const row = await state.selectFrom('waitingChanges').selectAll().where('rule', '=', rule).executeTakeFirst();
  return row ? changeOf(row) : null;
}

/** Refuses where another change of the rule waits: what is saved meanwhile would make that one stale. */
export async function refuseWhereWaiting(state: StateReader, rule: string): Promise<void> {
  const other = await findWaitingChange(state, rule);
  if (!other || other.problem !== null) return;
  throw new Refusal('conflict', `A change of this rule by ${other.actor} waits to be saved.`, {
    remedy: 'Wait for it, or cancel it, and repeat yours.',
  });
}

/** Keeps a change; in place of one that was not saved. */
export async function keepWaitingChange(
  transaction: StateTransaction,
  { now, actor }: Author,
  { changes, ...wanted }: Omit<WaitingChange, 'at' | 'actor' | 'problem'>,
): Promise<void> {
  await refuseWhereWaiting(transaction, wanted.rule);
  await dropWaitingChange(transaction, wanted.rule);
  const text = changes === null ? null : changesColumn.write(changes);
  await transaction
    .insertInto('waitingChanges')
    .values({ ...wanted, at: formatInstant(now), actor, changes: text, problem: null })
    .execute();
}

/** Says that a change is not saved, and why. */
export async function giveUpWaitingChange(
  state: State | StateTransaction,
  rule: string,
  problem: string,
): Promise<void> {
  await state.updateTable('waitingChanges').set({ problem }).where('rule', '=', rule).execute();
}

/** What is said of a change that was not saved is known. */
export async function dismissUnsavedChange(state: State, rule: string): Promise<void> {
  await state.deleteFrom('waitingChanges').where('rule', '=', rule).where('problem', 'is not', null).execute();
}

/**
 * A rule has a new state: a change that waited to become it waits no longer, another one is not saved. What was said to the author of the new
 * state is known.
 */
export async function settleWaitingChange(
  transaction: StateTransaction,
  { actor }: Author,
  { rule, changes }: Pick<WaitingChange, 'rule' | 'changes'>,
): Promise<void> {
  const waiting = await findWaitingChange(transaction, rule);
  if (!waiting) return;
  const { problem } = waiting;
  const isIts = JSON.stringify(waiting.changes) === JSON.stringify(changes);
  if (waiting.actor === actor && (isIts || problem !== null)) await dropWaitingChange(transaction, rule);
  else if (problem === null) await giveUpWaitingChange(transaction, rule, `${actor} has changed the rule since.`);
}

/** The rule is gone. */
export async function dropWaitingChange(transaction: StateTransaction, rule: string): Promise<void> {
  await transaction.deleteFrom('waitingChanges').where('rule', '=', rule).execute();
}
