import { keepPreviousData, useQueries } from '@tanstack/react-query';
import { useMemo } from 'react';
import { endpointQuery } from '#client/api/use-endpoint.ts';
import { useRange } from '#client/ui/grid/use-range.ts';
import type { Alert } from '#shared/alert/alert.ts';
import { listAlerts } from '#shared/api/alerts.ts';
import { filterOf, type QueueSearch } from '../queue-search.ts';

export const BLOCK = 100;

/** The request for one block of the queue. */
export const blockRequest = (search: QueueSearch, block: number) => ({
  query: { ...filterOf(search), sort: search.sort, direction: search.direction, offset: block * BLOCK, limit: BLOCK },
});

/** The queue as far as it has been looked at: blocks of a hundred, read as they come into sight. */
export function useQueue(search: QueueSearch) {
  const { range, onRange } = useRange();
  const blocks = useMemo(() => {
    const from = Math.floor(range.first / BLOCK);
    const to = Math.floor(range.last / BLOCK);
    return [...new Set([0, ...Array.from({ length: to - from + 1 }, (_, index) => from + index)])];
  }, [range]);
  const results = useQueries({
    queries: blocks.map((block) => ({
      ...endpointQuery(listAlerts, blockRequest(search, block), { calm: true }),
      placeholderData: keepPreviousData,
    })),
  });
  const byBlock = new Map(blocks.map((block, index) => [block, results[index]?.data?.alerts]));
  const rowAt = (index: number): Alert | undefined => byBlock.get(Math.floor(index / BLOCK))?.[index % BLOCK];
  const head = results[0];
  return {
    total: head?.data?.total ?? 0,
    counts: head?.data?.counts ?? null,
    loaded: head?.data !== undefined,
    isStale: head?.isPlaceholderData ?? false,
    error: head?.error ?? null,
    retry: () => void head?.refetch(),
    firstBlock: head?.data?.alerts,
    rowAt,
    onRange,
  };
}
