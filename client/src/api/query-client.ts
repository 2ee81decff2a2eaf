import { type Query, QueryClient } from '@tanstack/react-query';
import { ProblemError } from '#client/format/problem.ts';
import type { LiveTopic } from '#shared/api/status.ts';
import { isStale } from './topics.ts';

const MAX_RETRIES = 2;

/** The cache of server data. The live stream says what is stale, so nothing is read again on a mere focus. */
export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 60_000,
        refetchOnWindowFocus: false,
        // The server is on loopback: a laptop without a network must still reach it.
        networkMode: 'always',
        retry: (failures, error) => failures < MAX_RETRIES && error instanceof ProblemError && error.transient,
        retryDelay: (attempt) => 400 * 2 ** attempt,
      },
      mutations: { networkMode: 'always' },
    },
  });
}

/** Queries marked `meta.calm` keep their rows in place until the user asks for the news. */
const isCalm = (query: Query): boolean => query.meta?.['calm'] === true;

export function invalidateTopics(client: QueryClient, topics: readonly LiveTopic[]): void {
  void client.invalidateQueries({
    predicate: (query) => !isCalm(query) && isStale(String(query.queryKey[0]), topics),
  });
}

/** After one's own change, and when the stream comes back: everything on the topics, the calm ones too. */
export function invalidateAll(client: QueryClient, topics: readonly LiveTopic[]): void {
  void client.invalidateQueries({ predicate: (query) => isStale(String(query.queryKey[0]), topics) });
}
