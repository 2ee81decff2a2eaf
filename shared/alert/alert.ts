import * as z from 'zod';
import { severitySchema } from '../rule/rule.ts';

export const statusSchema = z.enum(['open', 'acknowledged', 'closed']);
export type AlertStatus = z.infer<typeof statusSchema>;

export const verdictSchema = z.enum([
  'true-positive-impact',
  'true-positive-no-impact',
  'benign',
  'false-positive',
  'duplicate',
  'inconclusive',
]);
export type Verdict = z.infer<typeof verdictSchema>;

/** A word that analysts put on alerts. */
export const tagSchema = z
  .string()
  .trim()
  .min(1)
  .max(60)
  .regex(/^[^,\p{Cc}]+$/u, 'must have neither commas nor control characters');

const scalarSchema = z.union([z.string(), z.number(), z.boolean()]);
export const cellSchema = z.union([scalarSchema, z.null(), z.array(scalarSchema)]);

/** A window of time, both ends ISO 8601; `from` and `to` inclusive. */
export const windowSchema = z.object({ from: z.string(), to: z.string() });

/** What every row of the queue shows. All strings come from events: hostile text. */
export const alertSchema = z.object({
  id: z.string(),
  rule: z.string(),
  ruleName: z.string(),
  severity: severitySchema,
  riskScore: z.number(),
  status: statusSchema,
  /** Only a closed alert has one. */
  verdict: verdictSchema.nullable(),
  assignee: z.string().nullable(),
  /** Sorted by code point. */
  tags: z.array(z.string()),
  /** The alert's identity within its rule. */
  keys: z.record(z.string(), cellSchema),
  /** The result row's columns of the latest occurrence. */
  columns: z.record(z.string(), cellSchema),
  commandLine: z.string().nullable(),
  /** `commandLine` with its variable parts as typed slots. */
  commandShape: z.string().nullable(),
  processName: z.string().nullable(),
  executable: z.string().nullable(),
  workingDirectory: z.string().nullable(),
  parentName: z.string().nullable(),
  parentExecutable: z.string().nullable(),
  hosts: z.array(z.string()),
  users: z.array(z.string()),
  firstSeen: z.string(),
  lastSeen: z.string(),
  raisedAt: z.string(),
  updatedAt: z.string(),
  eventCount: z.number().int(),
  occurrences: z.number().int(),
  /**
   * For new terms: how much of the history window the store's events covered when the alert arose, 0 to 1. Below 1 a term
   * may be new only because the data begins late. Null for other rules.
   */
  historyCovered: z.number().nullable(),
  /** Guide progress. */
  stepsAnswered: z.number().int(),
  stepsTotal: z.number().int(),
  /** Answers that later data contradicts. */
  stepsStale: z.number().int(),
  /** Optimistic lock: a change names the version it was made on. */
  version: z.number().int(),
});
export type Alert = z.infer<typeof alertSchema>;

/** One time window in which the same keys alerted again. */
export const occurrenceSchema = z.object({
  window: windowSchema,
  firstSeen: z.string(),
  lastSeen: z.string(),
  columns: z.record(z.string(), cellSchema),
  eventCount: z.number().int(),
  raisedAt: z.string(),
});
export type Occurrence = z.infer<typeof occurrenceSchema>;

/** One entry of an alert's activity log. */
export const activitySchema = z.object({
  at: z.string(),
  actor: z.string(),
  /** `raised`, `status`, `verdict`, `assignee`, `tags`, `note`, `step`, `exception`, `undo`, … */
  action: z.string(),
  /** Plain words: `open → closed (benign)`. */
  detail: z.string(),
});
export type Activity = z.infer<typeof activitySchema>;
