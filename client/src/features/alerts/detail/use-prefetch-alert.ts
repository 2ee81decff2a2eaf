import { useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import { endpointQuery } from '#client/api/use-endpoint.ts';
import { getAlert } from '#shared/api/alerts.ts';

/** Reads the detail of an alert before it is asked for; what stands below it is read when it is shown. */
export function usePrefetchAlert(): (id: string) => void {
  const client = useQueryClient();
  return useCallback((id) => void client.prefetchQuery(endpointQuery(getAlert, { params: { id } })), [client]);
}
