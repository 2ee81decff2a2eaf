import { DAY, type Instant } from '#shared/base/time.ts';

/** A timer may not run for longer than some weeks. */
const LONGEST_WAIT = DAY;

export interface Alarm {
  /** A later time set, or none, takes the place of the one before. */
  readonly set: (at: Instant | null) => void;
}

/** Does something once a time has come. It keeps no process alive. */
export function alarm(clock: () => Instant, ring: () => void): Alarm {
  let timer: NodeJS.Timeout | undefined;
  const set = (at: Instant | null): void => {
    clearTimeout(timer);
    if (at === null) return;
    const wait = Math.min(Math.max(0, at - clock()), LONGEST_WAIT);
    timer = setTimeout(() => (clock() < at ? set(at) : ring()), wait).unref();
  };
  return { set };
}
