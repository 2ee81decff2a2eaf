import { keepPreviousData, useQueries, useQueryClient } from '@tanstack/react-query';
import { useCallback, useMemo, useState } from 'react';
import { endpointQuery } from '#client/api/use-endpoint.ts';
import { MOST_ROWS, type SearchRow, search as searchEndpoint } from '#shared/api/search.ts';
import { type EventsSearch, queryOf } from './events-search.ts';

const BLOCK = 200;

/** What a search finds: events in blocks read as they come into sight, or the rows of a query at once. */
export function useSearchBlocks(search: EventsSearch, columns: readonly string[]) {
  const client = useQueryClient();
  const { language, from, to } = search;
  const query = queryOf(search);
  const size = language === 'kql' ? BLOCK : MOST_ROWS;
  const enabled = language === 'kql' || query.trim() !== '';
  const [range, setRange] = useState({ first: 0, last: 0 });
  const onRange = useCallback((first: number, last: number) => setRange({ first, last }), []);
  const blocks = useMemo(() => {
    if (language === 'esql') return [0];
    const start = Math.floor(range.first / BLOCK);
    const end = Math.floor(range.last / BLOCK);
    return [...new Set([0, ...Array.from({ length: end - start + 1 }, (_, index) => start + index)])];
  }, [range, language]);
  const results = useQueries({
    queries: blocks.map((block) => ({
      ...endpointQuery(
        searchEndpoint,
        {
          query: {
            language,
            query,
            from,
            to,
            limit: size,
            offset: block * size,
            columns: language === 'kql' ? [...columns] : [],
          },
        },
        { enabled },
      ),
      placeholderData: keepPreviousData,
    })),
  });
  const byBlock = new Map(blocks.map((block, index) => [block, results[index]?.data?.rows]));
  const rowAt = (index: number): SearchRow | undefined => byBlock.get(Math.floor(index / size))?.[index % size];
  const head = results[0];
  const without = head?.data === undefined || head.isPlaceholderData;
  /** Asked, and given up before there was an answer. */
  const cancelled = enabled && without && !head?.error && head?.fetchStatus === 'idle';
  return {
    rowAt,
    onRange,
    answer: enabled && !cancelled ? head?.data : undefined,
    waiting: enabled && head?.data === undefined && head?.fetchStatus !== 'idle',
    searching: head?.fetchStatus === 'fetching',
    cancelled,
    stale: head?.isPlaceholderData === true,
    error: enabled ? (head?.error ?? null) : null,
    retry: () => void head?.refetch(),
    /** The server stops too: it sees that nobody waits any more. */
    cancel: () => void client.cancelQueries({ queryKey: [searchEndpoint.path] }),
  };
}
