import type { RequestHandler } from 'express';
import { discardFailedSegment, listFailedSegments, retryFailedSegment } from '#shared/api/failed-segments.ts';
import { type Route, route } from '../route.ts';
import type { Services } from '../services.ts';

export const failedSegmentRoutes = ({ failed, author, publish }: Services): readonly Route[] => [
  route(listFailedSegments, async () => ({ failed: [...(await failed.list())] })),
  route(retryFailedSegment, async ({ params }) => {
    await failed.retry(author(), params.id);
    publish('sources');
    return { ok: true as const };
  }),
  route(discardFailedSegment, async ({ params }) => {
    await failed.discard(author(), params.id);
    publish('sources');
    return { ok: true as const };
  }),
];

/** The records of a stretch as they came, as a download. */
export const downloadFailedSegment =
  ({ failed }: Services): RequestHandler =>
  async (request, response) => {
    const id = String(request.params['id']);
    const records = await failed.records(id);
    response.attachment(`stream.${id}.ndjson`).type('application/x-ndjson').send(records);
  };
