import { setTimeout as sleep } from 'node:timers/promises';
import { rarely } from '#server/timing/rarely.ts';
import type { Milliseconds } from '#shared/base/time.ts';
import { loadSegment, type SegmentContext } from './load-segment.ts';
import { openMapperMemory } from './mapper-memory.ts';
import type { Segment } from './segment.ts';
import { type Carried, endOf, readCarried } from './stream-carry.ts';
import { encodeFrame } from './stream-frame.ts';
import type { StreamLoaderOptions } from './stream-loader-options.ts';
import { openStreamMappers } from './stream-mappers.ts';
import { isOfMachine } from './unstorable.ts';

/** Brings what waits in the spool into the store, one segment after the other, each exactly once. */
export interface StreamLoader {
  readonly start: () => void;
  /** Stops behind the segment under way, or gives it up: the next process loads it. */
  readonly close: () => Promise<void>;
}

/**
 * How long records gather before they are loaded, unless many wait: an append and the runs of rules behind it take a fifth of a
 * second of the processors, however few the records are.
 */
const GATHER_MILLISECONDS = 150;
const MANY_BYTES = 16 * 1024 * 1024;
/** Pages that show counts read them again that often while events come. */
const COUNTS_MILLISECONDS = 5000;
const RETRY_MILLISECONDS = [500, 1000, 2000, 5000] as const;
/** Tries after which the records that the store fails at are looked for, and after which the segment is set aside. */
const ISOLATED_AFTER = 2;
const SET_ASIDE_AFTER = 4;
/** How long the rest of a record is waited for. */
const QUIET: Milliseconds = 2000;
/** As long after a start: senders have to come back first. */
const QUIET_AT_START: Milliseconds = 10_000;

export function openStreamLoader(options: StreamLoaderOptions): StreamLoader {
  const { spool, clock } = options;
  const ending = new AbortController();
  const tellCounts = rarely(() => options.publish('events', 'sources'), COUNTS_MILLISECONDS);
  let wake = (): void => undefined;
  let running: Promise<void> | undefined;

  async function run(): Promise<void> {
    const memory = await openMapperMemory(options.memoryFolder);
    const mappers = openStreamMappers(options.recognise, memory);
    const context: SegmentContext = { ...options, mappers, memory, signal: ending.signal };
    const started = clock();
    let carried = await readCarried(options.state);
    let asked: readonly Carried[] = [];
    let failures = 0;

    /** Ends records whose rest has not come for a while. */
    async function endQuiet(): Promise<void> {
      const quiet = (one: Carried): boolean =>
        !asked.includes(one) && Math.max(one.at + QUIET, started + QUIET_AT_START) <= clock();
      const frames = carried.filter(quiet);
      if (frames.length === 0) return;
      asked = [...asked.filter((one) => carried.includes(one)), ...frames];
      await spool.append(frames.map((one) => encodeFrame(endOf(one)))).catch((error: unknown) => {
        asked = [];
        options.log.warn({ err: error }, 'unfinished records could not be ended');
      });
    }

    async function load(segment: Segment): Promise<void> {
      try {
        const loaded = await loadSegment(context, segment, { carried, isolate: failures >= ISOLATED_AFTER });
        carried = loaded.carried;
        if (loaded.raised) options.publish('alerts', 'rules');
        tellCounts();
        if (failures > 0) options.onTrouble(null);
        failures = 0;
      } catch (error) {
        if (ending.signal.aborted) return;
        mappers.forget();
        options.log.error({ err: error, segment: segment.number }, 'segment could not be loaded');
        const problem = error instanceof Error ? error.message : String(error);
        options.onTrouble(problem);
        failures += 1;
        if (failures > SET_ASIDE_AFTER && !isOfMachine(error)) await setAside(segment, problem);
        else await pauseAfter(failures);
      }
    }

    async function setAside(segment: Segment, problem: string): Promise<void> {
      await options.failed.setAside(segment, problem);
      options.onTrouble(null);
      options.publish('sources');
      failures = 0;
    }

    const pauseAfter = (count: number): Promise<unknown> =>
      sleep(RETRY_MILLISECONDS[Math.min(count, RETRY_MILLISECONDS.length) - 1], undefined, {
        signal: ending.signal,
      }).catch(() => undefined);

    while (!ending.signal.aborted) {
      const added = new Promise<void>((resolve) => {
        wake = resolve;
      });
      await endQuiet();
      const segment = await spool.oldest();
      if (segment) await load(segment);
      else await Promise.race(carried.length > 0 ? [added, pauseAfter(1)] : [added]);
      if (spool.waiting() < MANY_BYTES) await sleep(GATHER_MILLISECONDS);
    }
  }

  spool.onAdded(() => wake());
  return {
    start() {
      running = run().catch((error: unknown) => {
        options.log.fatal({ err: error }, 'nothing can be loaded any more');
        options.onTrouble(error instanceof Error ? error.message : String(error));
      });
    },
    async close() {
      ending.abort();
      wake();
      await running;
    },
  };
}
