import type { Selectable } from 'kysely';
import * as z from 'zod';
import { jsonColumn } from '#server/state/json-column.ts';
import type { StateReader } from '#server/state/open-state.ts';
import type { StepStateTable } from '#server/state/tables/alerts.ts';
import { evidenceSchema, findingSchema, type GuideStep, type StepState } from '#shared/guide/guide.ts';
import { type Seen, seenChangeSchema, seenSchema } from '#shared/guide/seen.ts';

export const evidenceColumn = jsonColumn(z.array(evidenceSchema));
export const seenColumn = jsonColumn(seenSchema);
export const changesColumn = jsonColumn(z.array(seenChangeSchema));

const stateOf = ({ alertId: _alert, seen: _seen, ...row }: Selectable<StepStateTable>): StepState => ({
  ...row,
  finding: findingSchema.nullable().parse(row.finding),
  evidence: evidenceColumn.read(row.evidence),
  changes: changesColumn.read(row.changes),
});

export const untouched = (step: string): StepState => ({
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
