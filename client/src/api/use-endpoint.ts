import {
  keepPreviousData,
  queryOptions,
  type UseMutationResult,
  type UseQueryResult,
  useMutation,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query';
import type { Endpoint } from '#shared/api/endpoint.ts';
import type { LiveTopic } from '#shared/api/status.ts';
import { type AnswerOf, callEndpoint, type RequestOf } from './call.ts';
import { invalidateAll } from './query-client.ts';

interface ReadOptions {
  readonly enabled?: boolean;
  /** Keep showing the last answer while another request is on its way. */
  readonly keepPrevious?: boolean;
  /** Not read again by live changes. */
  readonly calm?: boolean;
  /** Poll while this many milliseconds is given. */
  readonly every?: number | false;
}

/** Key and reader of a GET: `[path, request]`, so that topics can be matched by path. */
export function endpointQuery<Asked extends Endpoint>(
  endpoint: Asked,
  request: RequestOf<Asked>,
  options: ReadOptions = {},
) {
  return queryOptions<AnswerOf<Asked>>({
    queryKey: [endpoint.path, request],
    queryFn: ({ signal }) => callEndpoint(endpoint, request, signal),
    enabled: options.enabled ?? true,
    refetchInterval: options.every ?? false,
    meta: { calm: options.calm ?? false },
  });
}

export function useEndpoint<Asked extends Endpoint>(
  endpoint: Asked,
  request: RequestOf<Asked>,
  options: ReadOptions = {},
): UseQueryResult<AnswerOf<Asked>> {
  return useQuery({
    ...endpointQuery(endpoint, request, options),
    ...(options.keepPrevious ? { placeholderData: keepPreviousData } : {}),
  });
}

/** A change on the server; afterwards what the topics cover is read again. */
export function useChange<Asked extends Endpoint>(
  endpoint: Asked,
  topics: readonly LiveTopic[],
): UseMutationResult<AnswerOf<Asked>, Error, RequestOf<Asked>> {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (request: RequestOf<Asked>) => callEndpoint(endpoint, request),
    onSuccess: () => invalidateAll(client, topics),
  });
}
