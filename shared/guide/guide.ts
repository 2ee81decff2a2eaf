import { z } from 'zod';

/** A question to the data with the alert's values in it: `{{process.command_line}}` becomes a quoted KQL literal. */
export const guideQuerySchema = z.object({
  kql: z.string(),
  /** Window around the alert's first and last event, as `15m`, `7d`. */
  before: z.string(),
  after: z.string(),
  columns: z.array(z.string()).min(1),
  /** What an empty and a non-empty answer mean. */
  reading: z.string(),
});

/**
 * One step of an investigation guide. `investigate` asks, `false-positive` offers an exception, `respond` tells what to do.
 */
export const guideStepSchema = z.object({
  id: z.string().regex(/^[a-z0-9-]+$/),
  kind: z.enum(['investigate', 'false-positive', 'respond']),
  title: z.string(),
  /** The question, or the task. */
  ask: z.string(),
  /** Why it matters and how to read what one finds. */
  detail: z.string(),
  /** Fields of the alert's events to put beside it. */
  fields: z.array(z.string()),
  query: guideQuerySchema.nullable(),
  /** Names of automatic hints (`shared/guide/hints.ts`). */
  hints: z.array(z.string()),
  /** What the step does not cover. */
  notCovered: z.string().nullable(),
  /** For false positives: fields to prefill an exception with, in order of preference. */
  exceptionFields: z.array(z.string()),
  /** For responses: commands to copy, with `{{…}}` placeholders, shell-quoted. Never executed by this program. */
  commands: z.array(z.object({ label: z.string(), command: z.string() })),
});
export type GuideStep = z.infer<typeof guideStepSchema>;

export const guideSchema = z.object({
  /** What the rule is about, for someone who meets it first. */
  summary: z.string(),
  caution: z.string(),
  steps: z.array(guideStepSchema).min(1),
});
export type Guide = z.infer<typeof guideSchema>;

export const findingSchema = z.enum(['expected', 'suspicious', 'not-applicable', 'unknown', 'done']);
export type Finding = z.infer<typeof findingSchema>;

/** A row an analyst pinned to a step: the event it was, and what it said then. */
export const evidenceSchema = z.object({
  event: z.string(),
  summary: z.string().max(4096),
  pinnedAt: z.string(),
});
export type Evidence = z.infer<typeof evidenceSchema>;

/** What an analyst did with a step, per alert. */
export const stepStateSchema = z.object({
  step: z.string(),
  finding: findingSchema.nullable(),
  note: z.string(),
  evidence: z.array(evidenceSchema),
  author: z.string().nullable(),
  updatedAt: z.string().nullable(),
  version: z.number().int(),
});
export type StepState = z.infer<typeof stepStateSchema>;

/** An automatic reading of the alert for a step: a leaning with its reason. */
export const hintSchema = z.object({
  leaning: z.enum(['expected', 'suspicious', 'neutral']),
  reason: z.string(),
});
export type Hint = z.infer<typeof hintSchema>;
