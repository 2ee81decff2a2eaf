import type { Server } from 'node:http';
import type { RequestHandler } from 'express';

const HEADERS_MILLISECONDS = 15_000;
const BODY_MILLISECONDS = 30_000;
const IDLE_MILLISECONDS = 60_000;
/**
 * Longer than senders and the console pause between two requests: what is written into a connection just as it is closed must be sent
 * again. Elasticsearch never closes one of its own accord.
 */
const BETWEEN_REQUESTS_MILLISECONDS = 75_000;

/** Limits on how long a client may take to ask. Node's own limit on whole requests is off: an upload may take hours. */
export function limitTimes(server: Server): void {
  server.headersTimeout = HEADERS_MILLISECONDS;
  server.requestTimeout = 0;
  server.keepAliveTimeout = BETWEEN_REQUESTS_MILLISECONDS;
}

/** The whole request must have arrived in time. */
export const receiveInTime: RequestHandler = (request, _response, next) => {
  const timer = setTimeout(() => {
    if (!request.complete) request.destroy();
  }, BODY_MILLISECONDS);
  request.once('close', () => clearTimeout(timer));
  next();
};

/** The request may last, but not stand still. */
export const receiveWithoutPause: RequestHandler = (request, _response, next) => {
  request.setTimeout(IDLE_MILLISECONDS, () => request.destroy(new Error('The upload stood still for too long.')));
  next();
};
