import * as z from 'zod';
import { acknowledgedSchema, endpoint, idParams } from './endpoint.ts';

/** A stretch of a stream that could not be loaded, and was set aside so that what came after it could be. */
export const failedSegmentSchema = z.object({
  id: z.string(),
  at: z.string(),
  problem: z.string(),
  records: z.number().int(),
  bytes: z.number(),
});
export type FailedSegment = z.infer<typeof failedSegmentSchema>;

export const FAILED_SEGMENTS_PATH = '/api/failed-segments';

export const listFailedSegments = endpoint({
  method: 'GET',
  path: FAILED_SEGMENTS_PATH,
  summary:
    'Stretches of streams that could not be loaded, the oldest first; the records of one at `/api/failed-segments/:id/records.ndjson`',
  response: z.object({ failed: z.array(failedSegmentSchema) }),
});

export const retryFailedSegment = endpoint({
  method: 'POST',
  path: `${FAILED_SEGMENTS_PATH}/:id/retry`,
  summary: 'Load a stretch once more, behind all that waits; what is stored already stays once',
  params: idParams,
  response: acknowledgedSchema,
});

export const discardFailedSegment = endpoint({
  method: 'DELETE',
  path: `${FAILED_SEGMENTS_PATH}/:id`,
  summary: 'Let a stretch go that could not be loaded',
  params: idParams,
  response: acknowledgedSchema,
});
