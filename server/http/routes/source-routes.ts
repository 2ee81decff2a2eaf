import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { RequestHandler } from 'express';
import * as z from 'zod';
import { disabledRules } from '#server/alerts/rule-settings.ts';
import { readCoverage } from '#server/rules/coverage.ts';
import { createIngestKey, listIngestKeys, revokeIngestKey } from '#shared/api/ingest-keys.ts';
import { getRetention, setRetention } from '#shared/api/retention.ts';
import { changeSource, getCoverage, listSourceRejects, listSources } from '#shared/api/sources.ts';
import { instantParam } from '../instant-param.ts';
import { checked, type Route, route } from '../route.ts';
import type { Services } from '../services.ts';

export const sourceRoutes = ({
  state,
  rules,
  ingest,
  failed,
  spool,
  store,
  retention,
  author,
  publish,
}: Services): readonly Route[] => [
  route(getRetention, async () => ({ ...(await retention.read()), present: await store.size() })),
  route(setRetention, async ({ body }) => {
    await retention.write(author(), body);
    return { ...body, present: await store.size() };
  }),
  route(listSources, async () => ({
    ...(await ingest.book.list(spool.waiting())),
    setAside: (await failed.list()).reduce((sum, { records }) => sum + records, 0),
    waitingBytes: spool.waiting(),
    waitingLimit: spool.limit,
  })),
  route(changeSource, async ({ params, body }) => {
    await ingest.book.change(author(), params.id, body);
    publish('sources');
    return { ok: true as const };
  }),
  route(getCoverage, async ({ query, signal }) => {
    const from = instantParam('from', query.from);
    const to = instantParam('to', query.to);
    const off = await disabledRules(state);
    const compiled = rules.all
      .filter(({ rule }) => !off.has(rule.slug))
      .map(({ rule }) => rules.compiled(rule.slug))
      .flatMap((result) => (result.ok ? [result.value] : []));
    return readCoverage(store, compiled, { from, to, now: author().now, signal });
  }),
  route(listSourceRejects, ({ params, query }) => ingest.book.rejects(params.id, query.limit)),
  route(listIngestKeys, async () => ({ keys: await ingest.keys.list() })),
  route(createIngestKey, async ({ body }) => {
    const { key, secret } = await ingest.keys.create(author(), body.name);
    publish('sources');
    const pair = `${key.id}:${secret}`;
    return { key, secret, pair, encoded: Buffer.from(pair).toString('base64') };
  }),
  route(revokeIngestKey, async ({ params }) => {
    await ingest.keys.revoke(author(), params.id);
    publish('sources');
    return { ok: true as const };
  }),
];

const dayQuery = z.object({ day: z.string().regex(/^\d{4}-\d{2}-\d{2}$/) });

/** What is kept of a day's rejects, as a download. */
export const downloadSourceRejects =
  ({ ingest }: Services): RequestHandler =>
  async (request, response) => {
    const query = checked('query', dayQuery, request.query);
    const { name, lines } = await ingest.book.rejectsFile(String(request.params['id']), query.day);
    response.attachment(name).type('application/x-ndjson');
    await pipeline(Readable.from(lines), response);
  };
