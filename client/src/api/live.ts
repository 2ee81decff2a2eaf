import * as z from 'zod';
import { LIVE_PATH, type LiveTopic, liveMessageSchema } from '#shared/api/status.ts';
import type { Connection } from './connection.ts';

const RETRY_MS = 3000;
const CHANNEL = 'oddspawn-live';

const relayedSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('state'), state: z.enum(['connecting', 'live', 'lost']) }),
  z.object({ kind: z.literal('change'), message: liveMessageSchema }),
]);
type Relayed = z.infer<typeof relayedSchema>;

export interface LiveListener {
  onTopics(topics: readonly LiveTopic[]): void;
  onState(state: Connection): void;
}

/**
 * Listens to what changes on the server. One tab of the browser holds the stream and relays it to the others: browsers
 * allow six connections to a server, and every stream keeps one. Returns how to stop.
 */
export function listenLive(listener: LiveListener): () => void {
  const channel = new BroadcastChannel(CHANNEL);
  const stopping = new AbortController();
  const hear = (relayed: Relayed): void => {
    if (relayed.kind === 'state') listener.onState(relayed.state);
    else listener.onTopics(relayed.message.topics);
  };
  channel.onmessage = ({ data }) => {
    const parsed = relayedSchema.safeParse(data);
    if (parsed.success) hear(parsed.data);
  };
  void lead(stopping.signal, (relayed) => {
    hear(relayed);
    channel.postMessage(relayed);
  });
  return () => {
    stopping.abort();
    channel.close();
  };
}

/** Waits until no other tab leads, then holds the stream until this one ends. */
async function lead(signal: AbortSignal, relay: (relayed: Relayed) => void): Promise<void> {
  const hold = () => new Promise<void>((resolve) => stream(signal, relay, resolve));
  if (!navigator.locks) return hold();
  // A follower shows itself as live: the leader's state reaches it with the next message.
  relayOnce(relay);
  await navigator.locks.request(CHANNEL, { signal }, hold).catch((error: unknown) => {
    if (!signal.aborted) throw error;
  });
}

function relayOnce(relay: (relayed: Relayed) => void): void {
  void navigator.locks.query().then(({ held }) => {
    if (held?.some((lock) => lock.name === CHANNEL)) relay({ kind: 'state', state: 'live' });
  });
}

function stream(signal: AbortSignal, relay: (relayed: Relayed) => void, ended: () => void): void {
  let source: EventSource | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const open = (): void => {
    source = new EventSource(LIVE_PATH);
    source.onopen = () => relay({ kind: 'state', state: 'live' });
    source.addEventListener('change', ({ data }: MessageEvent<string>) => {
      const message = liveMessageSchema.safeParse(parseJson(data));
      if (message.success) relay({ kind: 'change', message: message.data });
    });
    source.onerror = () => {
      relay({ kind: 'state', state: 'lost' });
      // The browser retries by itself, except after an answer that is no stream.
      if (source?.readyState === EventSource.CLOSED) timer = setTimeout(open, RETRY_MS);
    };
  };
  open();
  signal.addEventListener('abort', () => {
    clearTimeout(timer);
    source?.close();
    ended();
  });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
