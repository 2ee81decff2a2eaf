import * as z from 'zod';

/** Words of a person, for history and audit. */
export const words = z.string().trim().max(2000);

/** A reason that must be given is at least so long, so that it is no slip. */
export const SHORTEST_REASON = 10;

const exampleSchema = z.object({
  /** Of the stored alert about these keys; where there is none, the id that it would have. */
  id: z.string(),
  stored: z.boolean(),
  label: z.string(),
  verdict: z.string().nullable(),
  hosts: z.array(z.string()),
  /** One of its events. */
  event: z.string().nullable(),
  /** Of a true positive that a changed rule loses: why it does. */
  because: z.string().optional(),
});
export type DifferenceExample = z.infer<typeof exampleSchema>;

const tallySchema = z.array(z.object({ value: z.string(), alerts: z.number().int() }));
/** Alerts by the verdict they were closed with; `none` closed without, `open` not closed, `unknown` never raised here. */
const byVerdictSchema = z.record(z.string(), z.number().int());

/** A replay with a change beside one without; two alerts are the same where rule and keys are. */
export const differenceSchema = z.object({
  removed: z.number().int(),
  kept: z.number().int(),
  created: z.number().int(),
  /** Of the kept: those of other events or other occurrences. */
  changed: z.number().int(),
  /** Terms of a new-terms rule that would be new where they are not now. */
  renewed: z.number().int(),
  /** Those that analysts closed as true positives first. */
  removedExamples: z.array(exampleSchema),
  createdExamples: z.array(exampleSchema),
  changedExamples: z.array(exampleSchema),
  verdicts: z.object({
    removed: byVerdictSchema,
    kept: byVerdictSchema,
    changed: byVerdictSchema,
    created: byVerdictSchema,
  }),
  /** Removed ones that analysts closed as true positives. */
  removedTruePositives: z.number().int(),
  /** Whom the removed alerts were about, most first. */
  hosts: tallySchema,
  parents: tallySchema,
});

/** Cases that hold as things are and not with a change: saving it needs a reason. */
export const brokenCasesSchema = z.array(z.object({ name: z.string(), outcome: z.string() }));
export type BrokenCase = z.infer<typeof brokenCasesSchema>[number];
