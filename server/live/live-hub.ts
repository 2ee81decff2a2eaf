import { randomUUID } from 'node:crypto';
import { type LiveTopic, liveTopicSchema } from '#shared/api/status.ts';

export type LiveListener = (topics: readonly LiveTopic[]) => void;

/** Least time between two messages: at most four a second, however much changes. */
const PAUSE_MILLISECONDS = 250;

/** Tells whoever listens what has changed: topics only, never data, gathered over a short while. */
export interface LiveHub {
  readonly publish: (...topics: readonly LiveTopic[]) => void;
  /** The answer ends the listening. */
  readonly listen: (listener: LiveListener) => () => void;
  /** Where the changes have got to: for `changedSince` only, and of this hub only. */
  readonly position: () => string;
  /** The topics of all changes after a position; every topic if this hub did not give it. */
  readonly changedSince: (position: string | undefined) => readonly LiveTopic[];
}

export function openLiveHub(pause: number = PAUSE_MILLISECONDS): LiveHub {
  const listeners = new Set<LiveListener>();
  const waiting = new Set<LiveTopic>();
  const id = randomUUID();
  const lastChanges = new Map<LiveTopic, number>();
  let changes = 0;

  const send = (): void => {
    const topics = [...waiting];
    waiting.clear();
    for (const listener of listeners) listener(topics);
  };

  return {
    publish(...topics) {
      if (waiting.size === 0) setTimeout(send, pause).unref();
      changes++;
      for (const topic of topics) {
        waiting.add(topic);
        lastChanges.set(topic, changes);
      }
    },
    listen(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    position: () => `${id}.${changes}`,
    changedSince(position = '') {
      const [hub, count] = position.split('.');
      if (hub !== id) return liveTopicSchema.options;
      return liveTopicSchema.options.filter((topic) => (lastChanges.get(topic) ?? 0) > Number(count));
    },
  };
}
