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

/** What changed by others: at most four times a second, so that no reading on its way is given up for it. */
export function invalidateTopics(client: QueryClient, topics: readonly LiveTopic[]): void {
  invalidate(client, (query) => !isCalm(query) && isStale(String(query.queryKey[0]), topics), isRead);
}

/** After one's own change, and when the stream comes back: everything on the topics, the calm ones too. */
export function invalidateAll(client: QueryClient, topics: readonly LiveTopic[]): void {
  // A reading on its way whose answer may lack the change is given up, if there is something to show meanwhile.
  invalidate(
    client,
    (query) => isStale(String(query.queryKey[0]), topics),
    (query) => isRead(query) && query.state.data === undefined,
  );
}

const isRead = (query: Query): boolean => query.state.fetchStatus === 'fetching';

/** Reads again what is stale; of those that are waited for, once the answer on its way, from before the change, is here. */
function invalidate(client: QueryClient, stale: (query: Query) => boolean, waitedFor: (query: Query) => boolean): void {
  const onTheirWay = client.getQueryCache().findAll({ predicate: (query) => stale(query) && waitedFor(query) });
  void client.invalidateQueries({ predicate: (query) => stale(query) && !onTheirWay.includes(query) });
  for (const query of onTheirWay) {
    if (again.has(query)) continue;
    again.add(query);
    void query.promise
      ?.catch(() => undefined)
      .then(() => {
        again.delete(query);
        return client.invalidateQueries({ predicate: (other) => other === query });
      });
  }
}

/** Queries that are read again after the answer on its way. */
const again = new WeakSet<Query>();
