import type { Selectable } from 'kysely';
import { z } from 'zod';
import { Refusal } from '#server/refusal.ts';
import { type Author, recordActivity, SYSTEM } from '#server/state/activity.ts';
import { jsonColumn } from '#server/state/json-column.ts';
import type { State, StateReader, StateTransaction } from '#server/state/open-state.ts';
import type { StepStateTable } from '#server/state/tables.ts';
import type { answerStep } from '#shared/api/guide.ts';
import { formatInstant } from '#shared/base/time.ts';
import { changeWords } from '#shared/guide/change-words.ts';
import { type Evidence, evidenceSchema, findingSchema, type GuideStep, type StepState } from '#shared/guide/guide.ts';
import { type Seen, type SeenChange, seenChangeSchema, seenSchema } from '#shared/guide/seen.ts';

const evidenceColumn = jsonColumn(z.array(evidenceSchema));

type Answer = z.output<typeof answerStep.body>;

const seenColumn = jsonColumn(seenSchema);
const changesColumn = jsonColumn(z.array(seenChangeSchema));

const stateOf = ({ alertId: _alert, seen: _seen, ...row }: Selectable<StepStateTable>): StepState => ({
  ...row,
  finding: findingSchema.nullable().parse(row.finding),
  evidence: evidenceColumn.read(row.evidence),
  changes: changesColumn.read(row.changes),
});

const untouched = (step: string): StepState => ({
  step,
  finding: null,
  note: '',
  evidence: [],
  author: null,
  updatedAt: null,
  version: 0,
  changes: [],
});

/** One state per step, in the guide's order; a step nobody has touched has version 0. */
export async function readStepStates(
  state: StateReader,
  alert: string,
  steps: readonly GuideStep[],
): Promise<StepState[]> {
  return (await readAnswers(state, alert, steps)).states;
}

export interface Answers {
  /** One a step of the guide. */
  readonly states: StepState[];
  /** To steps that the guide no longer has. */
  readonly left: StepState[];
  /** By step: what the data said when its finding was given. */
  readonly seen: ReadonlyMap<string, Seen>;
}

export async function readAnswers(
  state: StateReader,
  alert: string,
  steps: readonly Pick<GuideStep, 'id'>[],
): Promise<Answers> {
  const rows = await state.selectFrom('stepStates').selectAll().where('alertId', '=', alert).execute();
  const known = new Map(rows.map((row) => [row.step, stateOf(row)]));
  const present = new Set(steps.map(({ id }) => id));
  const found = rows.filter(({ finding, seen }) => finding !== null && seen !== null);
  return {
    states: steps.map(({ id }) => known.get(id) ?? untouched(id)),
    left: [...known.values()].filter(
      ({ step, finding, note }) => !present.has(step) && (finding !== null || note !== ''),
    ),
    seen: new Map(found.map(({ step, seen }) => [step, seenColumn.read(seen ?? '')])),
  };
}

interface GivenAnswer {
  readonly step: GuideStep;
  readonly answer: Answer;
  /** What the data says; null where the finding is the one that was there, and stands on what it stood on. */
  readonly seen: Seen | null;
  readonly guideVersion: number;
}

/** Keeps an answer, where nobody has given another since `version`. */
export function writeStepState(
  state: State,
  author: Author,
  alert: string,
  { step, answer, seen, guideVersion }: GivenAnswer,
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
    await countAnswered(transaction, alert, at, guideVersion);
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

/** From its first answer on, an alert keeps the guide that it was answered by. */
async function countAnswered(
  transaction: StateTransaction,
  alert: string,
  at: string,
  guideVersion: number,
): Promise<void> {
  await transaction
    .updateTable('alerts')
    .set((update) => ({
      updatedAt: at,
      guideVersion,
      stepsAnswered: update
        .selectFrom('stepStates')
        .select((count) => count.fn.countAll<number>().as('answered'))
        .whereRef('stepStates.alertId', '=', 'alerts.id')
        .where('stepStates.finding', 'is not', null),
    }))
    .where('id', '=', alert)
    .execute();
}

/** Keeps what contradicts an answer; tells whether that is other than what was known. */
export function keepChanges(
  state: State,
  author: Author,
  alert: string,
  step: GuideStep,
  changes: readonly SeenChange[],
): Promise<boolean> {
  return state.transaction().execute(async (transaction) => {
    const [present] = await readStepStates(transaction, alert, [step]);
    const text = changesColumn.write([...changes]);
    if (!present || changesColumn.write(present.changes) === text) return false;
    await transaction
      .updateTable('stepStates')
      .set({ changes: text })
      .where('alertId', '=', alert)
      .where('step', '=', step.id)
      .execute();
    const detail =
      changes.length === 0
        ? `“${step.title}”: the data agrees with the answer again`
        : `“${step.title}”: ${changes.map(changeWords).join('; ')}`;
    const by = { ...author, actor: SYSTEM };
    await recordActivity(transaction, by, [{ subject: 'alert', subjectId: alert, action: 'stale', detail }]);
    return true;
  });
}
