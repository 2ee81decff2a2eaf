import * as z from 'zod';
import { FIELD_TYPES } from '../event/field.ts';
import { processTreeSchema } from '../tree/process.ts';
import { endpoint, idParams } from './endpoint.ts';

/** The columns of an event that lists show. */
export const eventSummarySchema = z.object({
  id: z.string(),
  timestamp: z.string(),
  host: z.string().nullable(),
  user: z.string().nullable(),
  action: z.string().nullable(),
  pid: z.number().nullable(),
  processName: z.string().nullable(),
  executable: z.string().nullable(),
  commandLine: z.string().nullable(),
  workingDirectory: z.string().nullable(),
  parentName: z.string().nullable(),
  parentExecutable: z.string().nullable(),
  parentCommandLine: z.string().nullable(),
});
export type EventSummary = z.infer<typeof eventSummarySchema>;

export const getEvent = endpoint({
  method: 'GET',
  path: '/api/events/:id',
  summary: 'One event as it came, and its flat fields',
  params: idParams,
  response: z.object({ id: z.string(), document: z.string(), fields: z.record(z.string(), z.array(z.string())) }),
});

export const eventTree = endpoint({
  method: 'GET',
  path: '/api/events/:id/tree',
  summary: 'Ancestors and descendants of the process of an event',
  params: idParams,
  query: z.object({ budget: z.coerce.number().int().min(10).max(20_000).default(2000) }),
  response: processTreeSchema,
});

export const searchEvents = endpoint({
  method: 'GET',
  path: '/api/events',
  summary: 'Events that a KQL query matches, newest first',
  query: z.object({
    kql: z.string().max(20_000).default(''),
    from: z.string().optional(),
    to: z.string().optional(),
    limit: z.coerce.number().int().min(1).max(1000).default(100),
    offset: z.coerce.number().int().min(0).max(100_000).default(0),
  }),
  response: z.object({
    events: z.array(eventSummarySchema),
    total: z.number().int(),
    histogram: z.array(z.object({ at: z.string(), count: z.number().int() })),
    bucketMs: z.number(),
  }),
});

/** Distinct values of a field with their counts, for forms and completion. */
export const fieldValues = endpoint({
  method: 'GET',
  path: '/api/fields/:field/values',
  summary: 'Most frequent values of a field that begin with a text, in any letter case',
  params: z.object({ field: z.string().max(256) }),
  query: z.object({
    prefix: z.string().max(500).default(''),
    /** Only in events that this matches. */
    kql: z.string().max(20_000).default(''),
    limit: z.coerce.number().int().min(1).max(100).default(20),
  }),
  response: z.object({ values: z.array(z.object({ value: z.string(), count: z.number().int() })) }),
});

export const listFields = endpoint({
  method: 'GET',
  path: '/api/fields',
  summary: 'Fields the store knows, with their types',
  response: z.object({ fields: z.array(z.object({ name: z.string(), type: z.enum(FIELD_TYPES), many: z.boolean() })) }),
});
