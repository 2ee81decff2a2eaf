import * as z from 'zod';
import { type Guide, guideSchema, stepKindSchema, USUAL_FINDINGS } from '#shared/guide/guide.ts';

const strings = z.array(z.string()).default([]);

const querySchema = z.object({
  kql: z.string(),
  before: z.string(),
  after: z.string(),
  columns: z.array(z.string()).min(1),
  reading: z.string(),
});

/** A step as `guide.toml` writes it: snake case like the rule beside it, and what a step does not have is left out. */
const stepSchema = z.strictObject({
  id: z.string(),
  kind: stepKindSchema,
  title: z.string(),
  ask: z.string(),
  detail: z.string(),
  fields: strings,
  query: querySchema.nullish(),
  hints: strings,
  conditions: z.array(z.strictObject({ kql: z.string(), leaning: z.string(), reason: z.string() })).default([]),
  /** Absent: the usual ones of its kind. */
  findings: z.array(z.string()).optional(),
  not_covered: z.string().nullish(),
  exception_fields: strings,
  commands: z.array(z.strictObject({ label: z.string(), command: z.string() })).default([]),
});

const guideFileSchema = z
  .strictObject({ summary: z.string(), caution: z.string(), steps: z.array(stepSchema) })
  .transform(({ summary, caution, steps }) => ({
    summary: inOneLine(summary),
    caution: inOneLine(caution),
    steps: steps.map(({ not_covered, exception_fields, query, findings, ...step }) => ({
      ...step,
      findings: findings ?? [...USUAL_FINDINGS[step.kind]],
      ask: inOneLine(step.ask),
      detail: inOneLine(step.detail),
      query: query ? { ...query, reading: inOneLine(query.reading) } : null,
      notCovered: not_covered ? inOneLine(not_covered) : null,
      exceptionFields: exception_fields,
    })),
  }))
  .pipe(guideSchema)
  .refine(({ steps }) => new Set(steps.map(({ id }) => id)).size === steps.length, 'must have steps of different ids');

/** Lines of a file are wrapped for its reader; a screen wraps anew. */
const inOneLine = (text: string): string => text.trim().replaceAll(/\s*\n\s*/g, ' ');

/** A parsed `guide.toml`. */
export const readGuide = (document: unknown): z.ZodSafeParseResult<Guide> => guideFileSchema.safeParse(document);
