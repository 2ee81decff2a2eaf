import * as z from 'zod';
import { endpoint, idParams } from './endpoint.ts';

/** One file on its way into the store. */
export const uploadSchema = z.object({
  id: z.string(),
  name: z.string(),
  status: z.enum(['receiving', 'loading', 'evaluating', 'done', 'cancelled', 'failed']),
  /** As sent, still compressed. */
  bytesReceived: z.number(),
  bytesExpected: z.number().nullable(),
  /** 0 to 1 of the current stage; null where unknown. */
  progress: z.number().nullable(),
  /** Records read, of which: stored, rejected to quarantine, already known. `records = events + rejected + duplicates`. */
  records: z.number().int(),
  events: z.number().int(),
  rejected: z.number().int(),
  duplicates: z.number().int(),
  eventsPerSecond: z.number().nullable(),
  window: z.object({ from: z.string(), to: z.string() }).nullable(),
  sha256: z.string().nullable(),
  alertsRaised: z.number().int().nullable(),
  /** What a file of foreign records was recognised as, what of it was skipped, and by rule what it could not judge. */
  notes: z.array(z.string()),
  error: z.string().nullable(),
  startedAt: z.string(),
  finishedAt: z.string().nullable(),
});
export type Upload = z.infer<typeof uploadSchema>;

/**
 * `POST /api/uploads?name=FILE`: the body is the file itself (NDJSON or a JSON array, plain, gzip or zstd), streamed. Answers
 * 202 with the upload once its bytes are on disk; loading goes on and is watched by `getUpload`. Not in the typed client.
 */
export const UPLOAD_PATH = '/api/uploads';

export const listUploads = endpoint({
  method: 'GET',
  path: '/api/uploads',
  summary: 'Uploads, newest first',
  response: z.object({ uploads: z.array(uploadSchema) }),
});
export const getUpload = endpoint({
  method: 'GET',
  path: '/api/uploads/:id',
  summary: 'One upload',
  params: idParams,
  response: uploadSchema,
});
export const cancelUpload = endpoint({
  method: 'POST',
  path: '/api/uploads/:id/cancel',
  summary: 'Stop an upload whose events are not stored yet; nothing of it stays',
  params: idParams,
  response: uploadSchema,
});
export const listRejects = endpoint({
  method: 'GET',
  path: '/api/uploads/:id/rejects',
  summary: 'Rejected lines with reason; the whole list at `/api/uploads/:id/rejects.ndjson`',
  params: idParams,
  query: z.object({ limit: z.coerce.number().int().min(1).max(1000).default(100) }),
  response: z.object({
    rejects: z.array(z.object({ line: z.number().int(), reason: z.string(), text: z.string() })),
    total: z.number().int(),
  }),
});
export const addSample = endpoint({
  method: 'POST',
  path: '/api/samples/:id',
  summary: 'Load a bundled sample, such as `demo-fleet` or `recorded-nginx-php-fpm`',
  params: idParams,
  response: uploadSchema,
});
