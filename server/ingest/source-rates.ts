import { formatInstant, type Instant, MINUTE, SECOND } from '#shared/base/time.ts';

const STEP = 5 * SECOND;
const STEPS = 60;
/** Sources that are watched at once: their names come from senders. */
const MOST_SOURCES = 1000;

interface Watched {
  /** Records by the number of their five seconds. */
  readonly steps: Map<number, number>;
  lag: number | null;
}

/** How fast records come, by source, over the last minutes. */
export interface SourceRates {
  readonly count: (source: string, records: number) => void;
  /** Notes how long the last records took from arrival to alerts. */
  readonly lagged: (source: string, lag: number) => void;
  readonly of: (source: string) => {
    readonly lag: number | null;
    readonly recordsPerSecond: number;
    readonly series: { at: string; records: number }[];
  };
}

export function openSourceRates(clock: () => Instant): SourceRates {
  const sources = new Map<string, Watched>();
  const watch = (source: string): Watched => {
    const known = sources.get(source) ?? { steps: new Map(), lag: null };
    if (sources.size < MOST_SOURCES || sources.has(source)) sources.set(source, known);
    return known;
  };
  const present = (): number => Math.floor(clock() / STEP);
  return {
    count(source, records) {
      const { steps } = watch(source);
      const step = present();
      steps.set(step, (steps.get(step) ?? 0) + records);
      for (const old of steps.keys()) if (old <= step - STEPS) steps.delete(old);
    },
    lagged(source, lag) {
      watch(source).lag = lag;
    },
    of(source) {
      const { steps, lag } = sources.get(source) ?? { steps: new Map<number, number>(), lag: null };
      const step = present();
      const series = Array.from({ length: STEPS }, (_, index) => {
        const at = step - STEPS + 1 + index;
        return { at: formatInstant(at * STEP), records: steps.get(at) ?? 0 };
      });
      const minute = series.slice(-MINUTE / STEP).reduce((sum, { records }) => sum + records, 0);
      return { lag, series, recordsPerSecond: minute / (MINUTE / SECOND) };
    },
  };
}
