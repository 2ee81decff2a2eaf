import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect } from 'react';
import { type AnswerOf, callEndpoint } from '#client/api/call.ts';
import { invalidateAll } from '#client/api/query-client.ts';
import { endpointQuery } from '#client/api/use-endpoint.ts';
import { listAlerts } from '#shared/api/alerts.ts';
import type { QueueSearch } from '../queue-search.ts';
import { newsIn, patched } from './news.ts';
import { blockRequest } from './use-queue.ts';

type Listing = AnswerOf<typeof listAlerts>;

/**
 * Watches the top of the queue without moving a row: alerts already shown are updated in place, new ones are counted
 * until the user asks for them.
 */
export function useNews(
  search: QueueSearch,
  shown: { readonly total: number; readonly ids: readonly string[] } | undefined,
) {
  const client = useQueryClient();
  const request = blockRequest(search, 0);
  const peek = useQuery({
    queryKey: [listAlerts.path, 'peek', request],
    queryFn: async ({ signal }) => ({ request, listing: await callEndpoint(listAlerts, request, signal) }),
    // What is shown was read just now: it is looked at again when something has changed.
    enabled: shown !== undefined,
    initialData: () => {
      const listing = client.getQueryData<Listing>(endpointQuery(listAlerts, request).queryKey);
      return listing && { request, listing };
    },
  });
  const latest = peek.data?.listing;
  useEffect(() => {
    if (!peek.data) return;
    const { listing } = peek.data;
    client.setQueryData<Listing>(
      endpointQuery(listAlerts, peek.data.request).queryKey,
      (now) => now && patched(now, listing),
    );
  }, [client, peek.data]);

  const count = latest && shown ? newsIn(shown, latest) : 0;
  const show = useCallback(() => invalidateAll(client, ['alerts']), [client]);
  // In an empty queue no row can move.
  useEffect(() => {
    if (shown?.total === 0 && count > 0) show();
  }, [shown?.total, count, show]);
  return { count, show };
}
