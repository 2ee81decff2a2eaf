import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { setConnection, useConnection } from './connection.ts';
import { listenLive } from './live.ts';
import { invalidateTopics } from './query-client.ts';

/** Keeps what is shown in step with the server, for as long as the component lives; says when a lost stream is back. */
export function useLive(onBack: () => void): void {
  const client = useQueryClient();
  useEffect(
    () =>
      listenLive({
        onTopics: (topics) => invalidateTopics(client, topics),
        onState: (state) => {
          const before = useConnection.getState().state;
          setConnection(state);
          // Changes during the gap went unheard.
          if (before !== 'lost' || state !== 'live') return;
          void client.invalidateQueries();
          onBack();
        },
      }),
    [client, onBack],
  );
}
