import type { RequestHandler } from 'express';
import * as z from 'zod';
import { addSample, cancelUpload, getUpload, listRejects, listUploads } from '#shared/api/uploads.ts';
import { checked, type Route, route } from '../route.ts';
import type { Services } from '../services.ts';

export const uploadRoutes = ({ uploads, author }: Services): readonly Route[] => [
  route(listUploads, async () => ({ uploads: await uploads.list() })),
  route(getUpload, ({ params }) => uploads.get(params.id)),
  route(cancelUpload, ({ params }) => uploads.cancel(params.id, author())),
  route(listRejects, ({ params, query }) => uploads.rejects(params.id, query.limit)),
  route(addSample, ({ params }) => uploads.addSample(params.id, author())),
];

const uploadQuery = z.object({ name: z.string().max(1000).default('upload') });

/** The body is the file. Answers 202 when its bytes are on disk; an early end of the body is an upload cancelled. */
export const receiveUpload =
  ({ uploads, author }: Services): RequestHandler =>
  async (request, response) => {
    const query = checked('query', uploadQuery, request.query);
    const length = Number(request.headers['content-length']);
    const bytesExpected = Number.isSafeInteger(length) ? length : null;
    try {
      const upload = await uploads.receive(request, { name: query.name, bytesExpected }, author());
      response.status(202).json(upload);
    } catch (error) {
      // What is left of the body is not worth reading: the connection ends with the answer.
      response.set('Connection', 'close').once('finish', () => request.destroy());
      throw error;
    }
  };

/** The quarantine as it is on disk, as a download. */
export const downloadRejects =
  ({ uploads }: Services): RequestHandler =>
  async (request, response) => {
    const { path, name } = await uploads.rejectsFile(String(request.params['id']));
    response.type('application/x-ndjson');
    response.download(path, name, { dotfiles: 'allow' });
  };
