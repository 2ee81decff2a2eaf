import type { Milliseconds } from '#shared/base/time.ts';

/** Does something at once, and again after a pause where it was asked for meanwhile: at most once a pause. */
export function rarely(work: () => void, pause: Milliseconds): () => void {
  let timer: NodeJS.Timeout | undefined;
  let isWanted = false;
  const ask = (): void => {
    if (timer !== undefined) {
      isWanted = true;
      return;
    }
    work();
    timer = setTimeout(() => {
      timer = undefined;
      if (!isWanted) return;
      isWanted = false;
      ask();
    }, pause);
    timer.unref();
  };
  return ask;
}
