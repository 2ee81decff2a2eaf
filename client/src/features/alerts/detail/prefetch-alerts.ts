import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useRef } from 'react';
import { endpointQuery } from '#client/api/use-endpoint.ts';
import { getAlert } from '#shared/api/alerts.ts';

/**
 * Reads the details of alerts before they are asked for, one after the other; those still waiting are given up for the next
 * wish. What stands below a detail is read when it is shown.
 */
export function usePrefetchAlerts(): (ids: readonly string[]) => void {
  const client = useQueryClient();
  const wishes = useRef(0);
  return useCallback(
    (ids) => {
      const own = ++wishes.current;
      const read = async (): Promise<void> => {
        for (const id of ids) {
          if (own === wishes.current) await client.prefetchQuery(endpointQuery(getAlert, { params: { id } }));
        }
      };
      // What could not be read is asked for when it is shown, and tells of it there.
      void read();
    },
    [client],
  );
}

/** Reads these as soon as they are known. */
export function usePrefetchedAlerts(ids: readonly string[]): void {
  const prefetch = usePrefetchAlerts();
  const wanted = ids.join(' ');
  useEffect(() => {
    if (wanted !== '') prefetch(wanted.split(' '));
  }, [prefetch, wanted]);
}
