import type { Selectable } from 'kysely';
import { z } from 'zod';
import { Refusal } from '#server/refusal.ts';
import { type Author, recordActivity } from '#server/state/activity.ts';
import { jsonColumn } from '#server/state/json-column.ts';
import type { State, StateReader, StateTransaction } from '#server/state/open-state.ts';
import type { StepStateTable } from '#server/state/tables.ts';
import type { answerStep } from '#shared/api/guide.ts';
import { formatInstant } from '#shared/base/time.ts';
import { type Evidence, evidenceSchema, findingSchema, type GuideStep, type StepState } from '#shared/guide/guide.ts';

const evidenceColumn = jsonColumn(z.array(evidenceSchema));

type Answer = z.output<typeof answerStep.body>;

const stateOf = ({ alertId: _alert, ...row }: Selectable<StepStateTable>): StepState => ({
  ...row,
  finding: findingSchema.nullable().parse(row.finding),
  evidence: evidenceColumn.read(row.evidence),
});

const untouched = (step: string): StepState => ({
  step,
  finding: null,
  note: '',
  evidence: [],
  author: null,
  updatedAt: null,
  version: 0,
});

/** One state per step, in the guide's order; a step nobody has touched has version 0. */
export async function readStepStates(
  state: StateReader,
  alert: string,
  steps: readonly GuideStep[],
): Promise<StepState[]> {
  const rows = await state.selectFrom('stepStates').selectAll().where('alertId', '=', alert).execute();
  const known = new Map(rows.map((row) => [row.step, stateOf(row)]));
  return steps.map((step) => known.get(step.id) ?? untouched(step.id));
}

/** Keeps an answer, where nobody has given another since `version`. */
export function writeStepState(
  state: State,
  author: Author,
  alert: string,
  step: GuideStep,
  answer: Answer,
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
    };
    const row = { ...next, alertId: alert, evidence: evidenceColumn.write(evidence) };
    await transaction
      .insertInto('stepStates')
      .values(row)
      .onConflict((conflict) => conflict.columns(['alertId', 'step']).doUpdateSet(row))
      .execute();
    await countAnswered(transaction, alert, at);
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

async function countAnswered(transaction: StateTransaction, alert: string, at: string): Promise<void> {
  await transaction
    .updateTable('alerts')
    .set((update) => ({
      updatedAt: at,
      stepsAnswered: update
        .selectFrom('stepStates')
        .select((count) => count.fn.countAll<number>().as('answered'))
        .whereRef('stepStates.alertId', '=', 'alerts.id')
        .where('stepStates.finding', 'is not', null),
    }))
    .where('id', '=', alert)
    .execute();
}
