import { keepPreviousData, useQueries } from '@tanstack/react-query';
import { useCallback, useMemo, useState } from 'react';
import { endpointQuery } from '#client/api/use-endpoint.ts';
import { type EventSummary, searchEvents } from '#shared/api/events.ts';
import type { EventsSearch } from './events-search.ts';

const BLOCK = 200;

/** The events a search finds, in blocks read as they come into sight. */
export function useEventBlocks({ kql, from, to }: EventsSearch, enabled: boolean) {
  const [range, setRange] = useState({ first: 0, last: 0 });
  const onRange = useCallback((first: number, last: number) => setRange({ first, last }), []);
  const blocks = useMemo(() => {
    const start = Math.floor(range.first / BLOCK);
    const end = Math.floor(range.last / BLOCK);
    return [...new Set([0, ...Array.from({ length: end - start + 1 }, (_, index) => start + index)])];
  }, [range]);
  const results = useQueries({
    queries: blocks.map((block) => ({
      ...endpointQuery(searchEvents, { query: { kql, from, to, limit: BLOCK, offset: block * BLOCK } }, { enabled }),
      placeholderData: keepPreviousData,
    })),
  });
  const byBlock = new Map(blocks.map((block, index) => [block, results[index]?.data?.events]));
  const rowAt = (index: number): EventSummary | undefined => byBlock.get(Math.floor(index / BLOCK))?.[index % BLOCK];
  const head = results[0];
  return {
    rowAt,
    onRange,
    total: head?.data?.total ?? 0,
    histogram: head?.data?.histogram ?? [],
    bucketMs: head?.data?.bucketMs ?? 0,
    loaded: head?.data !== undefined,
    error: head?.error ?? null,
    retry: () => void head?.refetch(),
  };
}
