import express, { type Request, type RequestHandler, type Router } from 'express';
import {
  ACKNOWLEDGED,
  answerType,
  catHealthAnswer,
  healthAnswer,
  licenseAnswer,
  nodesAnswer,
  type ReachedAt,
  rootAnswer,
} from '#server/sources/cluster-answers.ts';
import { receiveWithoutPause } from '../timeouts.ts';
import { receiveBulk } from './bulk-handler.ts';
import { elasticProblemHandler } from './elastic-problem.ts';
import type { IngestServices } from './ingest-services.ts';
import { whoSends } from './who-sends.ts';

/** Set-up that shippers make before they send: granted, and of no consequence. */
const HARMLESS = ['_ilm', '_index_template', '_component_template', '_template', '_ingest', '_data_stream'] as const;

/**
 * The part of Elasticsearch's interface that shippers use. Answers nothing without a key, and leaves every other address
 * alone: it stands before the pages of the console.
 */
export function elasticRoutes(services: IngestServices): Router {
  const router = express.Router();
  const cluster = { uuid: services.clusterId };
  const guarded = [product, whoSends(services)];
  router.get(
    '/',
    onlySenders,
    ...guarded,
    json(() => rootAnswer(cluster)),
  );
  router.get(
    '/_license',
    ...guarded,
    json(() => licenseAnswer(cluster)),
  );
  router.get('/_cluster/health', ...guarded, json(healthAnswer));
  router.get('/_cat/health', ...guarded, (_request, response) => {
    response.type('text/plain').send(catHealthAnswer(new Date(services.clock())));
  });
  router.get(
    ['/_nodes/http', '/_nodes/_all/http'],
    ...guarded,
    json((request) => nodesAnswer(cluster, reachedAt(request))),
  );
  router.all(
    HARMLESS.flatMap((name) => [`/${name}`, `/${name}/{*rest}`]),
    ...guarded,
    json(() => ACKNOWLEDGED),
  );
  const bulk = [...guarded, receiveWithoutPause, receiveBulk(services)];
  for (const path of ['/_bulk', '/:index/_bulk']) router.post(path, ...bulk).put(path, ...bulk);
  // The console has no such address: no sender must take its page for an answer.
  router.all(/^\/_/, product, () => {
    throw Object.assign(new Error('There is no such address.'), { status: 404 });
  });
  // Programs that ask whether an index is there, and make it.
  router.head(
    '/:index',
    onlySenders,
    ...guarded,
    json(() => ACKNOWLEDGED),
  );
  router.put(
    '/:index',
    onlySenders,
    ...guarded,
    json(({ params }) => ({ ...ACKNOWLEDGED, index: params['index'] })),
  );
  router.use(elasticProblemHandler(services.log));
  return router;
}

const product: RequestHandler = (request, response, next) => {
  response.set('X-Elastic-Product', 'Elasticsearch');
  response.set('Content-Type', answerType(request.headers.accept, request.headers['content-type']));
  next();
};

/** The page of the console has the same address: a browser wants that one, and shows no key. */
const onlySenders: RequestHandler = (request, _response, next) => {
  if (isSender(request)) next();
  else next('route');
};

const isSender = ({ headers }: Request): boolean =>
  headers.authorization !== undefined && !(headers.accept ?? '').includes('text/html');

const json =
  (answer: (request: Request) => unknown): RequestHandler =>
  (request, response) => {
    response.end(JSON.stringify(answer(request)));
  };

const reachedAt = ({ headers, socket }: Request): ReachedAt => ({
  host: headers.host ?? '',
  ip: socket.localAddress ?? '',
  isTls: 'encrypted' in socket || headers['x-forwarded-proto'] === 'https',
});
