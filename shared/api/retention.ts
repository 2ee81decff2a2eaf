import * as z from 'zod';
import { endpoint } from './endpoint.ts';

const DAYS = 3650;
export const LEAST_KEPT_BYTES: number = 64 * 1024 * 1024;

/** How long events stay. Those that alerts stand on stay as long as their alerts do. */
export const retentionSchema = z.object({
  /** Days since `@timestamp`; null for ever. */
  days: z.number().int().min(1).max(DAYS).nullable(),
  /** Bytes that the store takes on disk; beyond, the oldest events go. Null for as many as there is room for. */
  bytes: z.number().int().min(LEAST_KEPT_BYTES).nullable(),
});
export type Retention = z.infer<typeof retentionSchema>;

const retentionAnswer = retentionSchema.extend({
  /** What the store takes at present. */
  present: z.number(),
});

export const getRetention = endpoint({
  method: 'GET',
  path: '/api/retention',
  summary: 'How long events are kept',
  response: retentionAnswer,
});

export const setRetention = endpoint({
  method: 'PUT',
  path: '/api/retention',
  summary: 'Change how long events are kept; what is beyond goes soon after',
  body: retentionSchema,
  response: retentionAnswer,
});
