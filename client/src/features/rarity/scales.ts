/** A logarithmic axis from 1 to at least `largest`, drawn over `length` pixels. */
export interface LogScale {
  readonly at: (value: number) => number;
  /** The value at a pixel. */
  readonly valueAt: (pixel: number) => number;
  readonly ticks: readonly number[];
}

/** Room before 1 and beyond the largest value, so that their circles are whole. */
const BEFORE = 0.75;
const BEYOND = 1.3;

export function logScale(largest: number, length: number): LogScale {
  const low = Math.log(BEFORE);
  const span = Math.log(Math.max(2, largest) * BEYOND) - low;
  return {
    at: (value) => ((Math.log(Math.max(BEFORE, value)) - low) / span) * length,
    valueAt: (pixel) => Math.exp(low + (pixel / length) * span),
    ticks: ticksUpTo(Math.max(2, largest) * BEYOND),
  };
}

/** 1, 2, 5, 10, … up to the end of the axis. */
function ticksUpTo(end: number): readonly number[] {
  const ticks: number[] = [];
  for (let power = 1; power <= end; power *= 10) {
    for (const step of [1, 2, 5]) if (power * step <= end) ticks.push(power * step);
  }
  return ticks;
}

/** Where the line of a threshold stands: between the last value inside and the first outside. */
export const countLine = (count: number): number => count - 0.5;
export const agentsLine = (agents: number): number => agents + 0.4;

/** The threshold whose line is nearest to a value of the axis. */
export const countOf = (value: number): number => Math.max(1, Math.round(value + 0.5));
export const agentsOf = (value: number): number => Math.max(1, Math.round(value - 0.4));

/** What an arrow key makes of a threshold; null for other keys. */
export function thresholdAfter(key: string, value: number): number | null {
  const large = Math.max(1, Math.round(value / 2));
  switch (key) {
    case 'ArrowRight':
    case 'ArrowUp':
      return value + 1;
    case 'ArrowLeft':
    case 'ArrowDown':
      return Math.max(1, value - 1);
    case 'PageUp':
      return value + large;
    case 'PageDown':
      return Math.max(1, value - large);
    case 'Home':
      return 1;
    default:
      return null;
  }
}
