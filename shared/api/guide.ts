import { z } from 'zod';
import { entrySchema } from '../exceptions/item.ts';
import { evidenceSchema, findingSchema, guideSchema, hintSchema, stepStateSchema } from '../guide/guide.ts';
import { endpoint } from './endpoint.ts';
import { eventSummarySchema } from './events.ts';

const stepParams = z.object({ id: z.string().min(1).max(200), step: z.string().min(1).max(100) });

export const alertGuide = endpoint({
  method: 'GET',
  path: '/api/alerts/:id/guide',
  summary: 'The guide of an alert: steps, hints, answers so far',
  params: z.object({ id: z.string().min(1).max(200) }),
  response: z.object({
    guide: guideSchema,
    states: z.array(stepStateSchema),
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
  }),
  response: stepStateSchema,
});
