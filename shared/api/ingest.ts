import * as z from 'zod';

/**
 * `POST /api/ingest?source=NAME&stream=ID&offset=N`, with a key: NDJSON as long as there is any, plain or gzip. Without `stream` it
 * is one heap of lines. With it the sender counts the (inflated) bytes of its stream, names where this request begins, and may
 * ask `GET /api/ingest?stream=ID` after any interruption from where to send on: each line is taken once. Answers
 * `{offset, records}` when all is on disk; 409 where the offset is not where the stream goes on, 503 and 507 where there is
 * no room. Not in the typed client.
 */
export const INGEST_PATH = '/api/ingest';

export const ingestQuerySchema = z.object({
  /** What the records are listed under; the stream's name if absent. */
  source: z.string().trim().min(1).max(200).optional(),
  stream: z.string().min(1).max(200).optional(),
  offset: z.coerce.number().int().min(0).optional(),
});

export const ingestOffsetSchema = z.object({
  /** Where the stream's next byte belongs. */
  offset: z.number().int(),
  /** Taken by this request. */
  records: z.number().int(),
});
export type IngestOffset = z.infer<typeof ingestOffsetSchema>;
