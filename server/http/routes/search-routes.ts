import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { RequestHandler } from 'express';
import { exportSearch } from '#server/investigate/export.ts';
import { search } from '#server/investigate/search.ts';
import { Refusal } from '#server/refusal.ts';
import { deleteSearch, insertSearch, readSearches, renameSearch } from '#server/searches/saved-searches.ts';
import {
  deleteSearch as deleteEndpoint,
  exportQuerySchema,
  listSearches,
  renameSearch as renameEndpoint,
  saveSearch,
  search as searchEndpoint,
} from '#shared/api/search.ts';
import { type Diagnostic, formatDiagnostic } from '#shared/base/diagnostic.ts';
import { instantParam } from '../instant-param.ts';
import { checked, type Route, route } from '../route.ts';
import type { Services } from '../services.ts';

export const searchRoutes = ({ state, store, author, publish }: Services): readonly Route[] => [
  route(searchEndpoint, async ({ query, signal }) => {
    checkTimes(query);
    const found = await search(store, query, { limit: query.limit, offset: query.offset, signal });
    if (found.ok) return found.value;
    throw unreadable(query.query, found.error);
  }),
  route(listSearches, async () => ({ searches: await readSearches(state) })),
  route(saveSearch, async ({ body }) => {
    const saved = await insertSearch(state, author(), body);
    publish('searches');
    return saved;
  }),
  route(renameEndpoint, async ({ params, body }) => {
    const renamed = await renameSearch(state, author(), params.id, body.name);
    publish('searches');
    return renamed;
  }),
  route(deleteEndpoint, async ({ params }) => {
    await deleteSearch(state, author(), params.id);
    publish('searches');
    return { ok: true as const };
  }),
];

function checkTimes({ from, to }: { readonly from?: string | undefined; readonly to?: string | undefined }): void {
  instantParam('query.from', from);
  instantParam('query.to', to);
}

/** Why a query cannot be asked, each problem with its place. */
export function unreadable(text: string, problems: readonly Diagnostic[]): Refusal {
  const details = problems.map((problem) => ({ path: 'query', message: formatDiagnostic(text, problem) }));
  return new Refusal('invalid-query', details[0]?.message ?? 'The query cannot be read.', { details });
}

const TYPES = { csv: 'text/csv; charset=utf-8', ndjson: 'application/x-ndjson' } as const;

/** A result as a download; `X-Oddspawn-Cut` and the file's name say where it is not all of it. */
export const downloadSearch =
  ({ store }: Services): RequestHandler =>
  async (request, response) => {
    const query = checked('query', exportQuerySchema, request.query);
    checkTimes(query);
    const controller = new AbortController();
    response.once('close', () => controller.abort());
    const found = await exportSearch(store, query, controller.signal);
    if (!found.ok) throw unreadable(query.query, found.error);
    const { name, isCut, pieces } = found.value;
    response.attachment(name);
    response.set({ 'Content-Type': TYPES[query.format], 'X-Oddspawn-Cut': String(isCut) });
    await pipeline(Readable.from(pieces), response).catch((error: unknown) => {
      if (!controller.signal.aborted) throw error;
    });
  };
