import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { callEndpoint } from '#client/api/call.ts';
import type { Alert } from '#shared/alert/alert.ts';
import { alertGuide, recheckAnswers } from '#shared/api/guide.ts';

/** Has the answers compared with the data when the guide is opened, and when the alert has grown. */
export function useRecheck({ id, eventCount, lastSeen }: Alert, answered: boolean) {
  const client = useQueryClient();
  const query = useQuery({
    queryKey: [recheckAnswers.path, id, eventCount, lastSeen],
    queryFn: ({ signal }) => callEndpoint(recheckAnswers, { params: { id } }, signal),
    enabled: answered,
    meta: { calm: true },
  });
  const { data, dataUpdatedAt } = query;
  // biome-ignore lint/correctness/useExhaustiveDependencies: each answer counts, also one that is equal to the last
  useEffect(() => {
    if (data?.changed) void client.invalidateQueries({ queryKey: [alertGuide.path] });
  }, [client, data, dataUpdatedAt]);
  return query;
}
