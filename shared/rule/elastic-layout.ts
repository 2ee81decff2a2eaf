import { z } from 'zod';
import type { Diagnostic } from '#shared/base/diagnostic.ts';
import { severitySchema } from './rule.ts';

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
    language: z.string(),
    query: z.string().min(1),
    index: z.array(z.string()).default([]),
    interval: z.string().default('5m'),
    from: z.string().default('now-6m'),
    to: z.string().default('now'),
    max_signals: z.number().int().positive().default(100),
    timestamp_override: z.string().nullish(),
    new_terms: newTermsSchema.nullish(),
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

/** A problem with one key, which the message names: `rule.interval`. */
export const keyProblem = (code: string, path: string, problem: string): Diagnostic => ({
  code,
  severity: 'error',
  message: `${path} ${problem}`,
});

/** What does not fit the layout, one diagnostic a key. */
export const layoutProblems = (error: z.ZodError, document: unknown): Diagnostic[] =>
  error.issues.map((issue) => {
    const path = issue.path.map(String).join('.') || 'the file';
    return valueAt(document, issue.path) === undefined
      ? keyProblem('missing-key', path, 'is missing.')
      : keyProblem('wrong-value', path, `does not fit: ${issue.message}.`);
  });

function valueAt(document: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (value, key) => (typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined),
    document,
  );
}
