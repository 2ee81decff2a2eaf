import * as z from 'zod';
import { ruleFilterSchema } from './rule-filter.ts';

export const severitySchema = z.enum(['low', 'medium', 'high', 'critical']);
export type AlertSeverity = z.infer<typeof severitySchema>;

const techniqueSchema = z.object({
  id: z.string(),
  name: z.string(),
  reference: z.string(),
  subtechniques: z.array(z.object({ id: z.string(), name: z.string(), reference: z.string() })),
});

export const threatSchema = z.object({
  framework: z.string(),
  tactic: z.object({ id: z.string(), name: z.string(), reference: z.string() }),
  techniques: z.array(techniqueSchema),
});
export type Threat = z.infer<typeof threatSchema>;

/**
 * Groups of a run with at least `value` events, and at least so many distinct values of another field where that is asked.
 * No fields: all events are one group.
 */
export const thresholdSchema = z.object({
  fields: z.array(z.string()).max(5),
  value: z.number().int().positive(),
  cardinality: z.object({ field: z.string(), value: z.number().int().positive() }).nullable(),
});
export type Threshold = z.infer<typeof thresholdSchema>;

export const ruleTypeSchema = z.enum(['esql', 'new_terms', 'query', 'threshold']);
export type RuleType = z.infer<typeof ruleTypeSchema>;

/**
 * A detection rule as this program uses it: what Elastic's TOML layout says (elastic/detection-rules `rules/`), with
 * lengths in milliseconds. `slug` is the folder's name and the rule's identity here.
 */
export const ruleSchema = z.object({
  slug: z.string(),
  ruleId: z.string(),
  name: z.string(),
  description: z.string(),
  type: ruleTypeSchema,
  language: z.enum(['esql', 'kuery']),
  query: z.string(),
  /** Conditions on events beside the query, as Kibana's filter bar makes them. */
  filters: z.array(ruleFilterSchema),
  index: z.array(z.string()),
  /** How often it runs. */
  interval: z.number().int().positive(),
  /** How far each run looks back from its time. */
  window: z.number().int().positive(),
  maxSignals: z.number().int().positive(),
  /** The event's time for windows; `event.ingested` falls back to `@timestamp` where it is absent. */
  timestampOverride: z.string().nullable(),
  /** `@timestamp` does not count where an event lacks the override: it is in no run. */
  isOverrideRequired: z.literal(true).optional(),
  newTerms: z.object({ fields: z.array(z.string()).min(1).max(3), history: z.number().int().positive() }).nullable(),
  threshold: thresholdSchema.nullable(),
  /** Fields its author finds worth seeing in an alert. */
  highlights: z.array(z.string()),
  /** Settings of the file that change what Elastic raises and are not applied here: `alert_suppression`. */
  unapplied: z.array(z.string()),
  severity: severitySchema,
  riskScore: z.number(),
  tags: z.array(z.string()),
  threats: z.array(threatSchema),
  author: z.array(z.string()),
  license: z.string(),
  version: z.number().nullable(),
  references: z.array(z.string()),
  falsePositives: z.array(z.string()),
  setup: z.string().nullable(),
  note: z.string().nullable(),
  createdDate: z.string().nullable(),
  updatedDate: z.string().nullable(),
  /** Set where the rule's author has withdrawn it. */
  deprecated: z.object({ date: z.string(), reason: z.string() }).nullable(),
});
export type Rule = z.infer<typeof ruleSchema>;

/** The rule as a table row or a label needs it. */
export const ruleSummarySchema = ruleSchema.pick({
  slug: true,
  name: true,
  type: true,
  language: true,
  severity: true,
  riskScore: true,
  interval: true,
  window: true,
  tags: true,
  deprecated: true,
});

/** One case of `cases.yaml`: events, and whether the rule must alert on them. */
export const ruleCaseSchema = z.object({
  name: z.string(),
  /** Why this is the right outcome, in a sentence. */
  because: z.string(),
  /** Time of the run, ISO 8601. */
  at: z.string(),
  events: z.array(z.record(z.string(), z.unknown())).min(1),
  /** Ids of the events that must have contributed to an alert; empty: no alert may be raised. */
  alerts: z.array(z.array(z.string())),
});
export type RuleCase = z.infer<typeof ruleCaseSchema>;
