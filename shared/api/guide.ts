import * as z from 'zod';
import { entrySchema } from '../exceptions/item.ts';
import { evidenceSchema, findingSchema, guideSchema, stepStateSchema } from '../guide/guide.ts';
import { hintSchema } from '../guide/hint.ts';
import { seenChangeSchema } from '../guide/seen.ts';
import { acknowledgedSchema, endpoint } from './endpoint.ts';
import { eventSummarySchema } from './events.ts';
import { slugParams } from './rule-editing.ts';
import { words } from './tuning.ts';

const stepParams = z.object({ id: z.string().min(1).max(200), step: z.string().min(1).max(100) });

export const alertGuide = endpoint({
  method: 'GET',
  path: '/api/alerts/:id/guide',
  summary: 'The guide of an alert: steps, hints, answers so far',
  params: z.object({ id: z.string().min(1).max(200) }),
  response: z.object({
    /** The one that its answers were given by; before the first, the one in force. */
    guide: guideSchema,
    /** Who has changed the guide since; null where it is the one in force. */
    newer: z.object({ at: z.string(), actor: z.string(), why: z.string() }).nullable(),
    states: z.array(stepStateSchema),
    /** Answers to steps that the guide no longer has. */
    left: z.array(stepStateSchema),
    /** By step id. */
    hints: z.record(z.string(), z.array(hintSchema)),
    /** By step id: the values of the step's fields over the alert's events. */
    fields: z.record(z.string(), z.array(z.object({ field: z.string(), values: z.array(z.string()) }))),
    /** By step id: the query with this alert's values in it. */
    queries: z.record(z.string(), z.object({ kql: z.string(), from: z.string(), to: z.string() })),
    /** By step id: commands with this alert's values in them, shell-quoted. */
    commands: z.record(z.string(), z.array(z.object({ label: z.string(), command: z.string() }))),
    /** By step id: entries to prefill an exception with. */
    exceptionEntries: z.record(z.string(), z.array(entrySchema)),
    /** A verdict the findings so far suggest, with the reason. */
    suggestion: z.object({ verdict: z.string(), reason: z.string() }).nullable(),
  }),
});

export const runGuideQuery = endpoint({
  method: 'POST',
  path: '/api/alerts/:id/guide/:step/run',
  summary: 'Run the query of a step',
  params: stepParams,
  response: z.object({ events: z.array(eventSummarySchema), total: z.number().int(), columns: z.array(z.string()) }),
});

export const answerStep = endpoint({
  method: 'PUT',
  path: '/api/alerts/:id/guide/:step',
  summary: 'Keep finding, note and evidence of a step',
  params: stepParams,
  body: z.object({
    finding: findingSchema.nullable(),
    note: z.string().max(10_000),
    evidence: z.array(evidenceSchema.omit({ pinnedAt: true })).max(200),
    version: z.number().int(),
    /** The finding holds for what the data says now. */
    confirm: z.boolean().default(false),
  }),
  response: stepStateSchema,
});

const alertParams = z.object({ id: z.string().min(1).max(200) });

export const recheckAnswers = endpoint({
  method: 'POST',
  path: '/api/alerts/:id/guide/recheck',
  summary: 'Compare what was answered with what the data says now',
  params: alertParams,
  /** Whether more or less contradicts the answers than was known. */
  response: z.object({ changed: z.boolean() }),
});

export const staleAnswers = endpoint({
  method: 'GET',
  path: '/api/alerts/:id/guide/stale',
  summary: 'The answers that later data contradicts, as far as that was found',
  params: alertParams,
  response: z.object({
    answers: z.array(z.object({ step: z.string(), title: z.string(), changes: z.array(seenChangeSchema) })),
  }),
});

export const adoptGuide = endpoint({
  method: 'POST',
  path: '/api/alerts/:id/guide/adopt',
  summary: 'Go over to the guide in force, with the answers that it has steps for',
  params: alertParams,
  response: acknowledgedSchema,
});

const guideVersionSchema = z.object({
  version: z.number().int(),
  at: z.string(),
  actor: z.string(),
  why: z.string(),
  /** Null: put back to how it was shipped. */
  guide: guideSchema.nullable(),
});
export type GuideVersionShown = z.infer<typeof guideVersionSchema>;

export const ruleGuide = endpoint({
  method: 'GET',
  path: '/api/rules/:slug/guide',
  summary: 'The guide of a rule with its history',
  params: slugParams,
  response: z.object({
    /** Null where it has none. */
    guide: guideSchema.nullable(),
    shipped: guideSchema.nullable(),
    /** 0: as it was shipped. */
    version: z.number().int(),
    /** Newest first. */
    versions: z.array(guideVersionSchema),
    /** Names of automatic hints. */
    hints: z.array(z.string()),
  }),
});

const guideProblemSchema = z.object({
  /** Members and places, with dots: `steps.2.query.kql`. */
  path: z.string(),
  severity: z.enum(['error', 'warning']),
  message: z.string(),
});
export type GuideProblem = z.infer<typeof guideProblemSchema>;

export const saveRuleGuide = endpoint({
  method: 'PUT',
  path: '/api/rules/:slug/guide',
  summary: 'Change the guide of a rule, on the version it was read with; new alerts follow it',
  params: slugParams,
  body: z.object({ guide: guideSchema, version: z.number().int().min(0), why: words.min(1) }),
  response: z.object({ version: z.number().int() }),
});

export const revertRuleGuide = endpoint({
  method: 'POST',
  path: '/api/rules/:slug/guide/revert',
  summary: 'Put the guide of a rule back to an earlier version; 0: as it was shipped',
  params: slugParams,
  body: z.object({ to: z.number().int().min(0), version: z.number().int().min(0), why: words }),
  response: z.object({ version: z.number().int() }),
});

export const checkGuide = endpoint({
  method: 'POST',
  path: '/api/rules/:slug/guide/check',
  summary: 'What is wrong with a guide, and how one of its steps looks to an alert',
  params: slugParams,
  body: z.object({ guide: guideSchema, step: z.string().nullable(), alert: z.string().max(200).nullable() }),
  response: z.object({
    problems: z.array(guideProblemSchema),
    /** Null where no alert or step is named, or the step cannot be shown as it stands. */
    preview: z
      .object({
        hints: z.array(hintSchema),
        fields: z.array(z.object({ field: z.string(), values: z.array(z.string()) })),
        query: z.object({ kql: z.string(), from: z.string(), to: z.string() }).nullable(),
        /** Rows of the query; null where it cannot be asked. */
        rows: z.number().int().nullable(),
        commands: z.array(z.object({ label: z.string(), command: z.string() })),
        exceptionEntries: z.array(entrySchema),
      })
      .nullable(),
  }),
});
