import * as z from 'zod';
import { acknowledgedSchema, endpoint, idParams } from './endpoint.ts';

/** What arrivals of the last hour tell of a sender's clock, from a sample of the records that name their time. */
const arrivalsSchema = z.object({
  sampled: z.number().int(),
  /** Milliseconds from an event's time to its arrival; null without a sample. */
  lateP50: z.number().nullable(),
  lateP95: z.number().nullable(),
  /** Of the sample: more than a minute ahead of their arrival, more than a day behind it, several actions in one. */
  ahead: z.number().int(),
  old: z.number().int(),
  merged: z.number().int(),
});
export type Arrivals = z.infer<typeof arrivalsSchema>;

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
  arrivals: arrivalsSchema,
  /** Why the newest rejected record was rejected. */
  lastReject: z.object({ day: z.string(), reason: z.string() }).nullable(),
  /** Documents that tell several actions of a process at once are stored as one event an action. */
  splitMerged: z.boolean(),
  /** Milliseconds from arrival until its alerts were visible, of the last records; null since this server started. */
  lag: z.number().nullable(),
  /** Over the last ten seconds. */
  recordsPerSecond: z.number(),
  /** Records within each minute of the last hour, oldest first. */
  series: z.array(z.object({ at: z.string(), records: z.number().int() })),
});
export type Source = z.infer<typeof sourceSchema>;

/** Uploads of files that were recognised as the same kind of source, together. */
export const uploadedSourceSchema = z.object({
  /** What settings of it are kept under. */
  id: z.string(),
  title: z.string(),
  files: z.number().int(),
  records: z.number().int(),
  events: z.number().int(),
  duplicates: z.number().int(),
  rejected: z.number().int(),
  lastUpload: z.string(),
  splitMerged: z.boolean(),
});
export type UploadedSource = z.infer<typeof uploadedSourceSchema>;

export const listSources = endpoint({
  method: 'GET',
  path: '/api/sources',
  summary: 'Where events come from, the last one heard of first',
  response: z.object({
    sources: z.array(sourceSchema),
    uploaded: z.array(uploadedSourceSchema),
    /** Acknowledged, and not yet in the store. */
    waitingBytes: z.number(),
    /** About as many records: what waits is not counted one by one. */
    waitingRecords: z.number().int(),
    /** Records that could not be loaded, and wait for somebody to decide: see `/api/failed-segments`. */
    setAside: z.number().int(),
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
export type SourcesAnswer = z.infer<typeof listSources.response>;
export type RefusedRequests = SourcesAnswer['refused'][number];

export const changeSource = endpoint({
  method: 'PUT',
  path: '/api/sources/:id/settings',
  summary: 'How records of a source are stored from now on',
  params: idParams,
  body: z.object({ splitMerged: z.boolean() }),
  response: acknowledgedSchema,
});

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

/** What rules cannot judge of one kind of source, as its events name it. */
export const coverageSchema = z.object({
  /** `event.dataset`, else `event.module`, else `agent.type`; null where events name none, or all. */
  source: z.string().nullable(),
  /** Events that a process started. */
  starts: z.number().int(),
  gaps: z.array(
    z.object({
      rule: z.string(),
      ruleName: z.string(),
      /** `host.id is missing`, `event.action has several values`: as runs say it. */
      reason: z.string(),
      /** Of the starts: those with this reason. */
      starts: z.number().int(),
      /** Events that the rule would have had to judge, and could not for this reason. */
      unjudged: z.number().int(),
    }),
  ),
});
export type Coverage = z.infer<typeof coverageSchema>;

export const getCoverage = endpoint({
  method: 'GET',
  path: '/api/coverage',
  summary: 'Which fields that enabled rules need are missing, or have several values, in what is stored; by source',
  query: z.object({ from: z.string().optional(), to: z.string().optional() }),
  response: z.object({ all: coverageSchema, sources: z.array(coverageSchema) }),
});
