import type { Instant, Milliseconds } from '#shared/base/time.ts';
import type { Ticks } from '#shared/plan/plan.ts';

/** A stretch of event time, both ends included. */
export interface TimeRange {
  readonly from: Instant;
  readonly to: Instant;
}

/**
 * The runs a schedule would have made over a stretch of past events: at multiples of the interval since the epoch, from the
 * first that sees the first event to the first that sees the last.
 */
export function replayTicks({ from, to }: TimeRange, interval: Milliseconds): Ticks {
  const next = (instant: Instant): Instant => Math.ceil(instant / interval) * interval;
  return { first: next(from), last: next(to), interval };
}

/** A single run. */
export const runAt = (instant: Instant, interval: Milliseconds): Ticks => ({ first: instant, last: instant, interval });
