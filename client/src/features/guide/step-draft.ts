import * as z from 'zod';
import { evidenceSchema, findingSchema, type StepState } from '#shared/guide/guide.ts';

/** What an analyst has put into a step, kept or not. */
export const stepDraftSchema = z.object({
  finding: findingSchema.nullable(),
  note: z.string(),
  evidence: z.array(evidenceSchema.omit({ pinnedAt: true })),
});
export type StepDraft = z.infer<typeof stepDraftSchema>;

export const draftOf = ({ finding, note, evidence }: StepState): StepDraft => ({
  finding,
  note,
  evidence: evidence.map(({ event, summary }) => ({ event, summary })),
});

/** The state of a step nobody has touched. */
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

export const sameDraft = (one: StepDraft, other: StepDraft): boolean => JSON.stringify(one) === JSON.stringify(other);
