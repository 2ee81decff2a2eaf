import type { Milliseconds } from '#shared/base/time.ts';

export interface Repeated {
  /** Done once, and again after a pause; the signal ends it early when the program ends. */
  readonly work: (signal: AbortSignal) => Promise<void>;
  /** Until the next time, after work that took so long. */
  readonly pause: (took: Milliseconds) => Milliseconds;
  /** Told of each time that failed, but for one given up because of the signal; the next one comes all the same. */
  readonly failed: (error: unknown) => void;
}

export interface Repeating {
  /** Makes sure that it is done after this wait at the latest: begins it, or brings the next time forward. */
  readonly within: (wait: Milliseconds) => void;
  /** Ends it; resolves when what was under way has stopped. */
  readonly close: () => Promise<void>;
}

/** Work that is done again and again, never twice at the same time, from the first `within` on. It keeps no process alive. */
export function repeat({ work, pause, failed }: Repeated): Repeating {
  const ending = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  let due = Number.POSITIVE_INFINITY;
  let underway: Promise<void> = Promise.resolve();

  const once = async (): Promise<void> => {
    due = Number.POSITIVE_INFINITY;
    const began = performance.now();
    try {
      await work(ending.signal);
    } catch (error) {
      if (!ending.signal.aborted) failed(error);
    }
    within(pause(performance.now() - began));
  };
  const within = (wait: Milliseconds): void => {
    const at = performance.now() + wait;
    if (ending.signal.aborted || at >= due) return;
    due = at;
    clearTimeout(timer);
    timer = setTimeout(() => {
      underway = underway.then(once);
    }, wait);
    timer.unref();
  };

  return {
    within,
    async close() {
      ending.abort();
      clearTimeout(timer);
      await underway;
    },
  };
}
