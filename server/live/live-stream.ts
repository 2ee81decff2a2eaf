import type { IncomingMessage, ServerResponse } from 'node:http';
import { createSession } from 'better-sse';
import type { LiveHub } from './live-hub.ts';

/** Keeps intermediaries from closing a quiet stream. */
const HEARTBEAT_MILLISECONDS = 20_000;

export interface LiveStreams {
  /** Answers a request with a stream of server-sent events that lasts until either side ends it. */
  readonly open: (request: IncomingMessage, response: ServerResponse) => Promise<void>;
  readonly close: () => void;
}

export function openLiveStreams(listen: LiveHub['listen']): LiveStreams {
  const responses = new Set<ServerResponse>();
  return {
    async open(request, response) {
      const session = await createSession(request, response, { keepAlive: HEARTBEAT_MILLISECONDS });
      const stop = listen((topics) => session.push({ topics }, 'change'));
      responses.add(response);
      response.once('close', () => {
        stop();
        responses.delete(response);
      });
    },
    close() {
      for (const response of responses) response.end();
    },
  };
}
