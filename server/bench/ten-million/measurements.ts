import { median, quantile, timed } from '#server/bench/measuring.ts';

export interface Measured {
  readonly name: string;
  /** Milliseconds of each round. */
  readonly rounds: readonly number[];
  readonly median: number;
  readonly least: number;
  /** Milliseconds of the processors, median: what the median comes near to where nothing else runs. */
  readonly processors: number;
  /** Greatest resident memory of the process meanwhile, in MB. */
  readonly memory: number;
  readonly answer: string;
}

/** How often the memory is looked at, in milliseconds. */
const LOOK_EVERY = 50;

export interface Measuring {
  /** What was measured so far. */
  readonly results: Measured[];
  readonly wants: (name: string) => boolean;
  /** Runs something some times, where it is wanted, and notes how long it took and how much memory the process had. */
  readonly measure: (name: string, rounds: number, work: (round: number) => Promise<unknown>) => Promise<void>;
}

/** What is asked of a week of events. */
export interface Week extends Measuring {
  readonly events: number;
  readonly folder: string;
  readonly rounds: number;
}

/** @param wanted names of what is to be measured */
export function openMeasuring(wanted: RegExp): Measuring {
  const results: Measured[] = [];
  const wants = (name: string): boolean => wanted.test(name);
  return {
    results,
    wants,
    async measure(name, rounds, work) {
      if (!wants(name)) return;
      const measured = await measuredOf(name, rounds, work);
      results.push(measured);
      show(measured);
    },
  };
}

async function measuredOf(name: string, rounds: number, work: (round: number) => Promise<unknown>): Promise<Measured> {
  const [clocks, used]: [number[], number[]] = [[], []];
  let [memory, answer] = [0, ''];
  const look = () => {
    memory = Math.max(memory, process.memoryUsage.rss() / 1e6);
  };
  const looking = setInterval(look, LOOK_EVERY);
  for (let round = 0; round < rounds; round += 1) {
    const { clock, processors, value } = await timed(() => work(round));
    clocks.push(clock);
    used.push(processors);
    answer = String(value);
    look();
  }
  clearInterval(looking);
  const least = quantile(clocks, 0);
  return { name, rounds: clocks, median: median(clocks), least, processors: median(used), memory, answer };
}

const show = ({ name, median, least, processors, memory, answer }: Measured): void =>
  console.log(
    `${name.padEnd(52)} ${median.toFixed(1).padStart(9)} ms, least ${least.toFixed(1).padStart(9)} ms, ` +
      `processors ${processors.toFixed(1).padStart(9)} ms, ${memory.toFixed(0).padStart(5)} MB  ${answer}`,
  );
