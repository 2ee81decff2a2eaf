import type { LiveTopic } from '#shared/api/status.ts';

export type LiveListener = (topics: readonly LiveTopic[]) => void;

/** Least time between two messages: at most four a second, however much changes. */
const PAUSE_MILLISECONDS = 250;

/** Tells whoever listens what has changed: topics only, never data, gathered over a short while. */
export interface LiveHub {
  readonly publish: (...topics: readonly LiveTopic[]) => void;
  /** The answer ends the listening. */
  readonly listen: (listener: LiveListener) => () => void;
}

export function openLiveHub(pause: number = PAUSE_MILLISECONDS): LiveHub {
  const listeners = new Set<LiveListener>();
  const waiting = new Set<LiveTopic>();

  const send = (): void => {
    const topics = [...waiting];
    waiting.clear();
    for (const listener of listeners) listener(topics);
  };

  return {
    publish(...topics) {
      if (waiting.size === 0) setTimeout(send, pause).unref();
      for (const topic of topics) waiting.add(topic);
    },
    listen(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
