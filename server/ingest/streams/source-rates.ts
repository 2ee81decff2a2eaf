import type { Arrivals } from '#shared/api/sources.ts';
import { formatInstant, HOUR, type Instant, MINUTE, type Milliseconds, SECOND } from '#shared/base/time.ts';
import { type ArrivedRecord, arrivalsOf } from './arrival-sample.ts';

const STEP = 5 * SECOND;
const MINUTES = HOUR / MINUTE;
/** What counts as now. */
const NOW = 10 * SECOND;
/** Sources that are watched at once: their names come from senders. */
const MOST_SOURCES = 1000;
/** Records of a source that are remembered of the last hour; beyond, every second one is. */
const MOST_SAMPLED = 2000;

interface Watched {
  /** Records by the number of their five seconds. */
  readonly steps: Map<number, number>;
  sample: ArrivedRecord[];
  lag: Milliseconds | null;
}

const watched = (): Watched => ({ steps: new Map(), sample: [], lag: null });

/** How fast records come, by source, over the last hour. */
export interface SourceRates {
  readonly count: (source: string, records: number, sample: readonly ArrivedRecord[]) => void;
  /** Notes how long the last records took from arrival to alerts. */
  readonly lagged: (source: string, lag: Milliseconds) => void;
  readonly of: (source: string) => {
    readonly lag: Milliseconds | null;
    readonly recordsPerSecond: number;
    readonly arrivals: Arrivals;
    readonly series: { at: string; records: number }[];
  };
}

export function openSourceRates(clock: () => Instant): SourceRates {
  const sources = new Map<string, Watched>();
  const watch = (source: string): Watched => {
    const known = sources.get(source) ?? watched();
    if (sources.size < MOST_SOURCES || sources.has(source)) sources.set(source, known);
    return known;
  };
  return {
    count(source, records, sample) {
      const one = watch(source);
      const step = Math.floor(clock() / STEP);
      one.steps.set(step, (one.steps.get(step) ?? 0) + records);
      for (const old of one.steps.keys()) if (old * STEP < clock() - HOUR - MINUTE) one.steps.delete(old);
      one.sample.push(...sample);
      if (one.sample.length > MOST_SAMPLED) one.sample = one.sample.filter((_, index) => index % 2 === 0);
    },
    lagged(source, lag) {
      watch(source).lag = lag;
    },
    of(source) {
      const { steps, sample, lag } = sources.get(source) ?? watched();
      const now = clock();
      const minute = Math.floor(now / MINUTE);
      const series = Array.from({ length: MINUTES }, (_, index) => ({
        at: formatInstant((minute - MINUTES + 1 + index) * MINUTE),
        records: 0,
      }));
      let recent = 0;
      for (const [step, records] of steps) {
        const place = series[Math.floor((step * STEP) / MINUTE) - minute + MINUTES - 1];
        if (place) place.records += records;
        if (step * STEP > now - NOW - STEP && (step + 1) * STEP <= now) recent += records;
      }
      return {
        lag,
        series,
        recordsPerSecond: recent / (NOW / SECOND),
        arrivals: arrivalsOf(sample.filter(({ at }) => at > now - HOUR)),
      };
    },
  };
}
