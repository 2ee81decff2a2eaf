import * as z from 'zod';
import { misfitOf } from '#shared/base/misfit.ts';
import { severitySchema } from './rule.ts';
import { keyProblem, type RuleProblem } from './rule-problem.ts';

const named = { id: z.string(), name: z.string(), reference: z.string() };

const threatSchema = z.object({
  framework: z.string(),
  tactic: z.object(named),
  technique: z.array(z.object({ ...named, subtechnique: z.array(z.object(named)).default([]) })).default([]),
});

const newTermsSchema = z.object({
  value: z.array(z.string()).min(1).max(3),
  history_window_start: z.array(z.object({ value: z.string() })).min(1),
});

/** Older files name one field, or an empty text for none. */
const fieldsSchema = z
  .union([z.string(), z.array(z.string())])
  .default([])
  .transform((fields) => [fields].flat().filter((field) => field !== ''));

const thresholdSchema = z.object({
  field: fieldsSchema,
  value: z.number().int().positive(),
  cardinality: z.array(z.object({ field: z.string().min(1), value: z.number().int().positive() })).default([]),
});

/** Older files hold the list itself. */
const investigationFieldsSchema = z
  .union([z.array(z.string()), z.object({ field_names: z.array(z.string()) })])
  .transform((fields) => (Array.isArray(fields) ? fields : fields.field_names));

/**
 * What this program reads of a rule file in Elastic's layout (elastic/detection-rules `detection_rules/rule.py` and
 * `rules/`). Keys that are not here are Elastic's and stay unread; `[oddspawn]` is ours.
 */
export const elasticLayoutSchema = z.object({
  metadata: z
    .object({
      maturity: z.string().default('production'),
      creation_date: z.string().nullish(),
      updated_date: z.string().nullish(),
      deprecation_date: z.string().nullish(),
    })
    .prefault({}),
  rule: z.object({
    rule_id: z.string().min(1),
    name: z.string().min(1),
    description: z.string(),
    type: z.string(),
    /** Absent in old files, which are all in KQL. */
    language: z.string().default('kuery'),
    query: z.string(),
    filters: z.array(z.unknown()).default([]),
    index: z.array(z.string()).default([]),
    interval: z.string().default('5m'),
    from: z.string().default('now-6m'),
    to: z.string().default('now'),
    max_signals: z.number().int().positive().default(100),
    timestamp_override: z.string().nullish(),
    timestamp_override_fallback_disabled: z.boolean().nullish(),
    new_terms: newTermsSchema.nullish(),
    threshold: thresholdSchema.nullish(),
    investigation_fields: investigationFieldsSchema.nullish(),
    alert_suppression: z.unknown().optional(),
    severity: severitySchema,
    risk_score: z.number().min(0).max(100),
    tags: z.array(z.string()).default([]),
    threat: z.array(threatSchema).default([]),
    author: z.array(z.string()).default([]),
    license: z.string().default(''),
    version: z.number().int().nullish(),
    references: z.array(z.string()).default([]),
    false_positives: z.array(z.string()).default([]),
    setup: z.string().nullish(),
    note: z.string().nullish(),
  }),
  oddspawn: z.object({ deprecation_reason: z.string().nullish() }).prefault({}),
});
export type ElasticLayout = z.infer<typeof elasticLayoutSchema>;

/** What does not fit the layout, one diagnostic a key. */
export const layoutProblems = (error: z.ZodError, document: unknown): RuleProblem[] =>
  error.issues.map((issue) => {
    const { path, kind, words } = misfitOf(issue, document);
    return keyProblem(kind === 'missing' ? 'missing-key' : 'wrong-value', path || 'the file', `${words}.`);
  });
