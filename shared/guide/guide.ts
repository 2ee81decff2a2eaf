import * as z from 'zod';
import { hintSchema } from './hint.ts';
import { seenChangeSchema } from './seen.ts';

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

export const findingSchema = z.enum(['expected', 'suspicious', 'not-applicable', 'unknown', 'done']);
export type Finding = z.infer<typeof findingSchema>;

export const stepKindSchema = z.enum(['investigate', 'false-positive', 'respond']);
export type StepKind = z.infer<typeof stepKindSchema>;

/** The answers that a step of a kind takes where its guide names none. */
export const USUAL_FINDINGS: Readonly<Record<StepKind, readonly Finding[]>> = {
  investigate: ['expected', 'suspicious', 'unknown', 'not-applicable'],
  'false-positive': ['expected', 'suspicious', 'not-applicable'],
  respond: ['done', 'not-applicable'],
};

/** A hint that a guide states itself: where any event of the alert matches the KQL query, this leaning with this reason. */
export const hintConditionSchema = hintSchema.extend({ kql: z.string() });

/**
 * One step of an investigation guide. `investigate` asks, `false-positive` offers an exception, `respond` tells what to do.
 */
export const guideStepSchema = z.object({
  id: z.string().regex(/^[a-z0-9-]+$/),
  kind: stepKindSchema,
  title: z.string(),
  /** The question, or the task; Markdown. */
  ask: z.string(),
  /** Why it matters and how to read what one finds; Markdown. */
  detail: z.string(),
  /** Fields of the alert's events to put beside it. */
  fields: z.array(z.string()),
  query: guideQuerySchema.nullable(),
  /** Names of automatic hints (`shared/guide/hints.ts`). */
  hints: z.array(z.string()),
  /** Further hints, by what holds for an event of the alert. */
  conditions: z.array(hintConditionSchema),
  /** The answers that it takes, in their order. */
  findings: z.array(findingSchema).min(1),
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
  /** What the data says otherwise than when the finding was given; none: it stands. */
  changes: z.array(seenChangeSchema),
});
export type StepState = z.infer<typeof stepStateSchema>;
