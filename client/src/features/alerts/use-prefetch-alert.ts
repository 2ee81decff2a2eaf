import { useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import { endpointQuery } from '#client/api/use-endpoint.ts';
import { getAlert, relatedAlerts } from '#shared/api/alerts.ts';

/** Reads what the detail of an alert begins with, before it is asked for. */
export function usePrefetchAlert(): (id: string) => void {
  const client = useQueryClient();
  return useCallback(
    (id) => {
      void client.prefetchQuery(endpointQuery(getAlert, { params: { id } }));
      void client.prefetchQuery(endpointQuery(relatedAlerts, { params: { id } }));
    },
    [client],
  );
}
