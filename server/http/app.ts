import express, { type Express } from 'express';
import { FAILED_SEGMENTS_PATH } from '#shared/api/failed-segments.ts';
import { REPORT_PATH } from '#shared/api/report.ts';
import { EXPORT_PATH } from '#shared/api/search.ts';
import { LIVE_PATH } from '#shared/api/status.ts';
import { UPLOAD_PATH } from '#shared/api/uploads.ts';
import { clientFiles } from './client-files.ts';
import { ingestRoutes } from './ingest/ingest-app.ts';
import { openApiOf } from './openapi.ts';
import { HttpRefusal, problemHandler } from './problem.ts';
import { mount, type Route } from './route.ts';
import { alertRoutes } from './routes/alert-routes.ts';
import { eventRoutes } from './routes/event-routes.ts';
import { exceptionExchangeRoutes } from './routes/exception-exchange-routes.ts';
import { exceptionListRoutes } from './routes/exception-list-routes.ts';
import { exceptionRoutes } from './routes/exception-routes.ts';
import { downloadFailedSegment, failedSegmentRoutes } from './routes/failed-segment-routes.ts';
import { fieldReadingRoutes } from './routes/field-reading-routes.ts';
import { guideRoutes } from './routes/guide-routes.ts';
import { downloadReport } from './routes/report-routes.ts';
import { ruleRoutes } from './routes/rule-routes.ts';
import { downloadSearch, searchRoutes } from './routes/search-routes.ts';
import { downloadSourceRejects, sourceRoutes } from './routes/source-routes.ts';
import { statusRoutes } from './routes/status-routes.ts';
import { downloadRejects, receiveUpload, uploadRoutes } from './routes/upload-routes.ts';
import { viewRoutes } from './routes/view-routes.ts';
import { headers, limitRate, nonce, ownHost, ownOrigin } from './security.ts';
import type { Services } from './services.ts';
import { receiveInTime, receiveWithoutPause } from './timeouts.ts';

export interface AppOptions {
  /** Address the server binds: it answers under this one too. */
  readonly host: string;
  /** The built client. */
  readonly clientFolder: string;
  readonly strictAnswers: boolean;
}

/** Largest JSON body; uploads have their own limit. */
const BODY_LIMIT = '1mb';
/** An export of all of Elastic's rules has about 15 MB; as JSON within JSON it grows. */
const RULES_LIMIT = '40mb';

const routesOf = (services: Services): readonly Route[] => [
  ...statusRoutes(services),
  ...alertRoutes(services),
  ...guideRoutes(services),
  ...eventRoutes(services),
  ...searchRoutes(services),
  ...viewRoutes(services),
  ...exceptionRoutes(services),
  ...exceptionExchangeRoutes(services),
  ...exceptionListRoutes(services),
  ...ruleRoutes(services),
  ...fieldReadingRoutes(services),
  ...uploadRoutes(services),
  ...sourceRoutes(services),
  ...failedSegmentRoutes(services),
];

/** The HTTP interface and the pages, in the order in which a request passes through it. */
export function createApp(services: Services, options: AppOptions): Express {
  const app = express();
  app.disable('x-powered-by');
  app.use(ownHost(options.host), nonce, headers, ownOrigin);
  app.use(ingestRoutes(services.ingest));
  app.use('/api', limitRate(), (_request, response, next) => {
    response.set('Cache-Control', 'no-store');
    next();
  });
  app.post(UPLOAD_PATH, receiveWithoutPause, receiveUpload(services));
  app.get('/api/uploads/:id/rejects.ndjson', downloadRejects(services));
  app.get(EXPORT_PATH, downloadSearch(services));
  app.get(REPORT_PATH, downloadReport(services));
  app.get('/api/sources/:id/rejects.ndjson', downloadSourceRejects(services));
  app.get(`${FAILED_SEGMENTS_PATH}/:id/records.ndjson`, downloadFailedSegment(services));
  app.get(LIVE_PATH, (request, response) => services.live.open(request, response));
  app.use(['/api/rules/check', '/api/import'], receiveInTime, express.json({ limit: RULES_LIMIT }));
  app.use('/api', receiveInTime, express.json({ limit: BODY_LIMIT }));
  const routes = routesOf(services);
  mount(app, routes, { log: services.log, strictAnswers: options.strictAnswers });
  app.get('/api/openapi.json', (_request, response) => {
    const endpoints = routes.map((route) => route.endpoint);
    response.json(openApiOf(endpoints, services.version));
  });
  app.use('/api', () => {
    throw new HttpRefusal(404, { code: 'not-found', message: 'There is no such address.' });
  });
  app.use(clientFiles(options.clientFolder, services.changes.position));
  app.use(problemHandler(services.log));
  return app;
}
