import { z } from 'zod';
import { endpoint, idParams } from './endpoint.ts';

/** What comes over one key into one index or stream; counts since its first record. */
export const sourceSchema = z.object({
  id: z.string(),
  /** As the sender names it: an index, or a stream. */
  name: z.string(),
  key: z.object({ id: z.string(), name: z.string() }),
  /** How the sender's program names itself. */
  client: z.string(),
  /** Records that came; of which: stored, stored already, rejected to quarantine, and well-formed but no process events. */
  records: z.number().int(),
  events: z.number().int(),
  duplicates: z.number().int(),
  rejected: z.number().int(),
  skipped: z.number().int(),
  firstArrival: z.string(),
  lastArrival: z.string(),
  /** Milliseconds that the newest record's time lay before its arrival; below 0 the sender's clock is ahead. */
  clockSkew: z.number().nullable(),
  /** Milliseconds from arrival until its alerts were visible, of the last records; null since this server started. */
  lag: z.number().nullable(),
  /** Over the last minute. */
  recordsPerSecond: z.number(),
  /** Records within each 5 seconds of the last 5 minutes, oldest first. */
  series: z.array(z.object({ at: z.string(), records: z.number().int() })),
});
export type Source = z.infer<typeof sourceSchema>;

export const listSources = endpoint({
  method: 'GET',
  path: '/api/sources',
  summary: 'Where events come from, the last one heard of first',
  response: z.object({
    sources: z.array(sourceSchema),
    /** Acknowledged, and not yet in the store. */
    waitingBytes: z.number(),
    waitingLimit: z.number(),
    /** Why nothing can be loaded at present. */
    trouble: z.string().nullable(),
    /** Requests that were refused since this server started, by client and reason. */
    refused: z.array(
      z.object({
        client: z.string(),
        reason: z.enum(['no-key', 'busy', 'no-space', 'too-large', 'unreadable']),
        requests: z.number().int(),
        lastAt: z.string(),
      }),
    ),
  }),
});
export type RefusedRequests = z.infer<typeof listSources.response>['refused'][number];

export const listSourceRejects = endpoint({
  method: 'GET',
  path: '/api/sources/:id/rejects',
  summary:
    'Rejected records of a source, the newest days first; a day as a file at `/api/sources/:id/rejects.ndjson?day=`',
  params: idParams,
  query: z.object({ limit: z.coerce.number().int().min(1).max(1000).default(100) }),
  response: z.object({
    /** By day (UTC): how many there were, and how many of them are kept. */
    days: z.array(z.object({ day: z.string(), rejected: z.number().int(), kept: z.number().int() })),
    rejects: z.array(z.object({ day: z.string(), line: z.number().int(), reason: z.string(), text: z.string() })),
  }),
});
