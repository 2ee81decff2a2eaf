import express, { type Express, type Router } from 'express';
import { INGEST_PATH } from '#shared/api/ingest.ts';
import { HttpRefusal, problemHandler } from '../problem.ts';
import { receiveWithoutPause } from '../timeouts.ts';
import { elasticRoutes } from './elastic-routes.ts';
import type { IngestServices } from './ingest-services.ts';
import { receiveStream, tellOffset } from './stream-handler.ts';
import { noBrowser, whoSends } from './who-sends.ts';

/** Everything that sends events, for any server that lets it in. */
export function ingestRoutes(services: IngestServices): Router {
  const router = express.Router();
  const guarded = [noBrowser, whoSends(services)];
  router.get(INGEST_PATH, ...guarded, tellOffset(services));
  router.post(INGEST_PATH, ...guarded, receiveWithoutPause, receiveStream(services));
  router.use(elasticRoutes(services));
  return router;
}

/** A server for sending events and nothing else, which may stand where the console must not. */
export function createIngestApp(services: IngestServices): Express {
  const app = express();
  app.disable('x-powered-by');
  app.use(noBrowser, ingestRoutes(services));
  app.use(() => {
    throw new HttpRefusal(404, { code: 'not-found', message: 'There is no such address.' });
  });
  app.use(problemHandler(services.log));
  return app;
}
