import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { listChanges, POSITION_META } from '#shared/api/changes.ts';
import { liveTopicSchema } from '#shared/api/status.ts';
import { callEndpoint } from './call.ts';
import { setConnection, useConnection } from './connection.ts';
import { listenLive } from './live.ts';
import { invalidateTopics } from './query-client.ts';

/** Keeps what is shown in step with the server, for as long as the component lives; says when a lost stream is back. */
export function useLive(onBack: () => void): void {
  const client = useQueryClient();
  useEffect(() => {
    let position = document.querySelector<HTMLMetaElement>(`meta[name="${POSITION_META}"]`)?.content;
    /** Before a stream begins, at the page's start and when another tab takes it over, changes go unheard. */
    const catchUp = async (): Promise<void> => {
      const missed = await callEndpoint(listChanges, { query: { since: position } }).catch(() => null);
      position = missed?.position ?? position;
      invalidateTopics(client, missed?.topics ?? liveTopicSchema.options);
    };
    return listenLive({
      onTopics: (topics) => invalidateTopics(client, topics),
      onState: (state) => {
        const before = useConnection.getState().state;
        setConnection(state);
        if (state !== 'live') return;
        if (before !== 'lost') return void catchUp();
        // Answers that failed meanwhile are read again, too, whatever has changed.
        void client.invalidateQueries();
        onBack();
      },
    });
  }, [client, onBack]);
}
