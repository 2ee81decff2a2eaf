import { type Author, recordActivity, SYSTEM } from '#server/state/activity.ts';
import type { StateTransaction } from '#server/state/open-state.ts';
import { formatInstant, type Instant } from '#shared/base/time.ts';
import { changeWords } from '#shared/guide/change-words.ts';
import type { Guide, GuideStep, StepState } from '#shared/guide/guide.ts';
import { changesSince, type SeenChange } from '#shared/guide/seen.ts';
import { countAnswers } from './count-answers.ts';
import { seenOf } from './step-facts.ts';
import { changesColumn, readAnswers } from './step-states.ts';
import { findGuide, type GuideContext, hintInputOf, loadSubject } from './subject.ts';

/** An answer, and what the data says otherwise now than when it was given. */
interface Compared {
  readonly step: GuideStep;
  readonly state: StepState;
  readonly changes: readonly SeenChange[];
}

/** The answers of an alert, each compared with what the data says now; writes nothing. */
export async function compareAnswers(
  context: GuideContext,
  now: Instant,
  id: string,
  { steps }: Guide,
): Promise<readonly Compared[]> {
  const { state, store } = context;
  const { states, seen } = await readAnswers(state, id, steps);
  if (seen.size === 0) return [];
  const subject = await loadSubject(context, id);
  const input = await hintInputOf(store, subject);
  const compared: Compared[] = [];
  for (const [index, step] of steps.entries()) {
    const [then, answered] = [seen.get(step.id), states[index]];
    if (!then || !answered) continue;
    const changes = changesSince(then, await seenOf(step, subject, store, input, now));
    compared.push({ step, state: answered, changes });
  }
  return compared;
}

/**
 * Looks whether what was answered still agrees with the data, and keeps with the answers what does not. Tells whether that is
 * other than it was.
 */
export async function recheck(context: GuideContext, author: Author, id: string): Promise<boolean> {
  const { state, rules } = context;
  const guide = (await findGuide(state, rules, id))?.guide ?? null;
  const compared = guide ? await compareAnswers(context, author.now, id, guide) : [];
  const others = compared.filter((one) => textOf(one.changes) !== textOf(one.state.changes));
  return state.transaction().execute(async (transaction) => {
    let other = false;
    for (const one of others) if (await keepChanges(transaction, author, id, one)) other = true;
    if (guide && other) await countAnswers(transaction, id, guide);
    const checked = { answersCheckedAt: formatInstant(author.now) };
    await transaction.updateTable('alerts').set(checked).where('id', '=', id).execute();
    return other;
  });
}

const textOf = (changes: readonly SeenChange[]): string => changesColumn.write([...changes]);

/** False where the step was answered again meanwhile: the new answer stands on what the data says now. */
async function keepChanges(
  transaction: StateTransaction,
  author: Author,
  alert: string,
  { step, state, changes }: Compared,
): Promise<boolean> {
  const { numUpdatedRows } = await transaction
    .updateTable('stepStates')
    .set({ changes: textOf(changes) })
    .where('alertId', '=', alert)
    .where('step', '=', step.id)
    .where('version', '=', state.version)
    .executeTakeFirstOrThrow();
  if (numUpdatedRows === 0n) return false;
  const what = changes.length === 0 ? 'the data agrees with the answer again' : changes.map(changeWords).join('; ');
  const entry = { subject: 'alert', subjectId: alert, action: 'stale', detail: `“${step.title}”: ${what}` } as const;
  await recordActivity(transaction, { ...author, actor: SYSTEM }, [entry]);
  return true;
}

/** One that is out of date, for whoever has not opened the guide. */
interface StaleAnswer {
  readonly step: string;
  readonly title: string;
  readonly changes: SeenChange[];
}

/** The answers of an alert that were found to be out of date. */
export async function readStale({ state, rules }: GuideContext, id: string): Promise<StaleAnswer[]> {
  const steps = (await findGuide(state, rules, id))?.guide.steps ?? [];
  const { states } = await readAnswers(state, id, steps);
  return steps.flatMap(({ id: step, title }, index) => {
    const changes = states[index]?.changes ?? [];
    return changes.length === 0 ? [] : [{ step, title, changes }];
  });
}
