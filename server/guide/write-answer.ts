import type * as z from 'zod';
import { Refusal } from '#server/refusal.ts';
import { type Author, recordActivity } from '#server/state/activity.ts';
import type { State } from '#server/state/open-state.ts';
import type { answerStep } from '#shared/api/guide.ts';
import { formatInstant } from '#shared/base/time.ts';
import type { Evidence, Guide, GuideStep, StepState } from '#shared/guide/guide.ts';
import type { Seen } from '#shared/guide/seen.ts';
import { countAnswers } from './count-answers.ts';
import { changesColumn, evidenceColumn, readStepStates, seenColumn, untouched } from './step-states.ts';

type Answer = z.output<typeof answerStep.body>;

interface GivenAnswer {
  readonly guide: Guide;
  readonly guideVersion: number;
  readonly step: GuideStep;
  readonly answer: Answer;
  /** What the data says; null where the finding is the one that was there, and stands on what it stood on. */
  readonly seen: Seen | null;
}

/** Keeps an answer, where nobody has given another since `version`. */
export function writeStepState(
  state: State,
  author: Author,
  alert: string,
  { guide, guideVersion, step, answer, seen }: GivenAnswer,
): Promise<StepState> {
  return state.transaction().execute(async (transaction) => {
    const [present = untouched(step.id)] = await readStepStates(transaction, alert, [step]);
    if (present.version !== answer.version) throw answeredSince(present);
    const at = formatInstant(author.now);
    const evidence = pinned(answer.evidence, present.evidence, at);
    const next = {
      step: step.id,
      finding: answer.finding,
      note: answer.note,
      author: author.actor,
      updatedAt: at,
      version: present.version + 1,
      changes: seen || answer.finding === null ? [] : present.changes,
    };
    const row = {
      ...next,
      alertId: alert,
      evidence: evidenceColumn.write(evidence),
      changes: changesColumn.write(next.changes),
      ...((seen || answer.finding === null) && { seen: seen && seenColumn.write(seen) }),
    };
    await transaction
      .insertInto('stepStates')
      .values(row)
      .onConflict((conflict) => conflict.columns(['alertId', 'step']).doUpdateSet(row))
      .execute();
    // From its first answer on, an alert keeps the guide that it was answered by.
    const written = { guideVersion, updatedAt: at };
    await transaction.updateTable('alerts').set(written).where('id', '=', alert).execute();
    await countAnswers(transaction, alert, guide);
    const detail = `“${step.title}”: ${answer.finding ?? 'no answer'}`;
    await recordActivity(transaction, author, [{ subject: 'alert', subjectId: alert, action: 'step', detail }]);
    return { ...next, evidence };
  });
}

/** Evidence keeps the time at which it was first pinned. */
function pinned(given: Answer['evidence'], present: readonly Evidence[], at: string): Evidence[] {
  const since = new Map(present.map((evidence) => [evidence.event, evidence.pinnedAt]));
  return given.map((evidence) => ({ ...evidence, pinnedAt: since.get(evidence.event) ?? at }));
}

/** The answer of the one who was faster goes with the refusal: both must be read before either is kept. */
const answeredSince = (present: StepState): Refusal =>
  new Refusal('conflict', `${present.author ?? 'Somebody'} has answered this step since you opened it.`, {
    remedy: 'Read the answer that is there, then repeat yours if it still holds.',
    details: [
      { path: 'version', message: String(present.version) },
      { path: 'finding', message: present.finding ?? 'none' },
      { path: 'note', message: present.note },
    ],
  });
