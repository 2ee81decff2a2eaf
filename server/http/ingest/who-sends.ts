import type { RequestHandler, Response } from 'express';
import { readCredentials } from '#server/auth/credentials.ts';
import { senderOf } from '#server/sources/sender.ts';
import type { IngestKey } from '#shared/api/ingest-keys.ts';
import { HttpRefusal } from '../problem.ts';
import type { IngestServices } from './ingest-services.ts';

const KEY = 'ingestKey';

/** The key that a request has shown; only behind `whoSends`. */
export const keyOf = (response: Response): IngestKey => response.locals[KEY] as IngestKey;

const RETRY_SECONDS = 60;

/**
 * Lets nobody pass without a key. Who fails learns nothing but that; who fails often is made to wait. A right key is never
 * refused for the failures of others behind the same address.
 */
export const whoSends =
  ({ keys, attempts, book }: IngestServices): RequestHandler =>
  async (request, response, next) => {
    const credentials = readCredentials(request.headers.authorization);
    const key = credentials && (await keys.recognise(credentials));
    if (key) {
      response.locals[KEY] = key;
      next();
      return;
    }
    const address = request.socket.remoteAddress ?? '';
    book.noteRefused(senderOf(request.headers['user-agent']).name, 'no-key');
    response.set('Connection', 'close');
    if (attempts.isTooMany(address)) {
      response.set('Retry-After', String(RETRY_SECONDS));
      throw new HttpRefusal(429, { code: 'busy', message: 'Too many failed attempts.' });
    }
    attempts.failed(address);
    response.set('WWW-Authenticate', 'Basic realm="ingest", ApiKey');
    throw new HttpRefusal(401, { code: 'unauthorized', message: 'A key for sending events is needed.' });
  };

/** Events come from programs. A page of any site must not send them from somebody's browser, nor read what we answer. */
export const noBrowser: RequestHandler = (request, _response, next) => {
  const site = request.headers['sec-fetch-site'];
  if (request.headers.origin !== undefined || (site !== undefined && site !== 'none')) {
    throw new HttpRefusal(403, { code: 'forbidden', message: 'Requests from pages are refused.' });
  }
  next();
};
