import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { Evaluation } from '#server/alerts/evaluation.ts';
import { commitArrivals } from '#server/alerts/evaluation.ts';
import { SYSTEM } from '#server/state/activity.ts';
import type { State } from '#server/state/open-state.ts';
import { type EventStore, FIRST_STREAM_BATCH } from '#server/store/event-store.ts';
import type { LiveTopic } from '#shared/api/status.ts';
import { formatInstant, type Instant } from '#shared/base/time.ts';
import { rarely } from './rarely.ts';
import { recordOffsets, recordTally } from './source-records.ts';
import { sourcesToSplit } from './source-settings.ts';
import { openSourceMapper, type Recognise, type SourceMapper } from './stream-mapper.ts';
import { applyOutcome, openOutcome } from './stream-outcome.ts';
import { type MapperOf, type Prepared, prepareSegment } from './stream-prepare.ts';
import { readSegment, type Segment, type StreamSpool } from './stream-spool.ts';
import type { Tally } from './stream-tally.ts';

export interface StreamLoaderOptions {
  readonly state: State;
  readonly store: EventStore;
  readonly spool: StreamSpool;
  /** For the files of the segment that is being loaded. */
  readonly folder: string;
  readonly recognise: Recognise;
  readonly clock: () => Instant;
  readonly log: Logger;
  readonly publish: (...topics: readonly LiveTopic[]) => void;
  /** Runs the rules that are judged event by event over a range of event time. */
  readonly evaluate: (range: { from: Instant; to: Instant }, signal: AbortSignal) => Promise<readonly Evaluation[]>;
  /** Told of each segment that has ended. */
  readonly onLoaded: (tallies: Iterable<Tally>) => void;
  /** Told when a segment could not be loaded, in words; it is tried again. */
  readonly onTrouble: (problem: string | null) => void;
}

/** Brings what waits in the spool into the store, one segment after the other, each exactly once. */
export interface StreamLoader {
  readonly start: () => void;
  /** Resolves when nothing waits. */
  readonly idle: () => Promise<void>;
  /** Stops behind the segment under way, or gives it up: the next process loads it. */
  readonly close: () => Promise<void>;
}

/** Number of a segment's batch in the store. */
export const batchOf = (segment: number): number => FIRST_STREAM_BATCH + segment;

/** The next segment number: never one that the store has a batch of, or that was finished without anything to store. */
export const nextSegment = async (store: EventStore, state: State): Promise<number> =>
  Math.max((await store.lastBatch()) - FIRST_STREAM_BATCH, await lastFinished(state)) + 1;

/** How long records gather before a small segment is loaded: an append costs about the same for few as for many. */
const GATHER_MILLISECONDS = 150;
/** Pages that show counts read them again that often while events come. */
const COUNTS_MILLISECONDS = 5000;
const RETRY_MILLISECONDS = [500, 1000, 2000, 5000] as const;

export function openStreamLoader(options: StreamLoaderOptions): StreamLoader {
  const { spool } = options;
  const ending = new AbortController();
  const mapperOf = rememberMappers(options.recognise);
  const tellCounts = rarely(() => options.publish('events', 'sources'), COUNTS_MILLISECONDS);
  let wake = (): void => undefined;
  let running: Promise<void> | undefined;
  let isIdle = true;
  const idlers: (() => void)[] = [];

  async function run(): Promise<void> {
    let failures = 0;
    while (!ending.signal.aborted) {
      const added = new Promise<void>((resolve) => {
        wake = resolve;
      });
      const segment = await spool.oldest();
      if (segment === null) {
        isIdle = true;
        for (const done of idlers.splice(0)) done();
        await added;
        isIdle = false;
        await sleep(GATHER_MILLISECONDS);
        continue;
      }
      try {
        const raised = await loadSegment(options, segment, mapperOf, ending.signal);
        if (raised) options.publish('alerts', 'rules');
        tellCounts();
        if (failures > 0) options.onTrouble(null);
        failures = 0;
      } catch (error) {
        if (ending.signal.aborted) return;
        options.log.error({ err: error, segment: segment.number }, 'segment could not be loaded');
        options.onTrouble(error instanceof Error ? error.message : String(error));
        await sleep(RETRY_MILLISECONDS[Math.min(failures++, RETRY_MILLISECONDS.length - 1)], undefined, {
          signal: ending.signal,
        }).catch(() => undefined);
      }
    }
  }

  spool.onAdded(() => wake());
  return {
    start() {
      isIdle = false;
      running = run();
    },
    idle: () =>
      isIdle && spool.waiting() === 0
        ? Promise.resolve()
        : new Promise((resolve) => {
            idlers.push(resolve);
          }),
    async close() {
      ending.abort();
      wake();
      await running;
    },
  };
}

/** Mappers keep what joins records: one a source for as long as the process lives. */
function rememberMappers(recognise: Recognise): MapperOf {
  const mappers = new Map<string, SourceMapper>();
  return (source, name) => {
    const known = mappers.get(source) ?? openSourceMapper(recognise, name);
    mappers.set(source, known);
    return known;
  };
}

/**
 * One segment from the spool to alerts. Each step may be cut off and repeated: the store knows the batch that it took, alerts
 * know their occurrences, and counts are written in the one transaction behind which the segment is only a file to remove.
 * Tells whether alerts changed.
 */
async function loadSegment(
  options: StreamLoaderOptions,
  segment: Segment,
  mapperOf: MapperOf,
  signal: AbortSignal,
): Promise<boolean> {
  const { spool, state, folder } = options;
  if (await isFinished(state, segment)) {
    await spool.remove(segment);
    return false;
  }
  const files = {
    records: join(folder, `${segment.number}.records`),
    outcome: join(folder, `${segment.number}.outcome`),
  };
  const lap = stopwatch();
  const prepared = await prepareSegment(await readSegment(segment), files.records, {
    mapperOf,
    split: await sourcesToSplit(state),
  });
  const mapping = lap();
  const window = prepared.origins.length > 0 ? await storeSegment(options, segment, files, signal) : null;
  if (existsSync(files.outcome)) await applyOutcome(files.outcome, prepared);
  const storing = lap();
  const evaluations = window ? await options.evaluate(window, signal) : [];
  signal.throwIfAborted();
  const judging = lap();
  const raised = await finish(options, segment, prepared, evaluations);
  await spool.remove(segment);
  for (const file of Object.values(files)) await rm(file, { force: true });
  options.log.debug(
    { records: prepared.origins.length, mapping, storing, judging, finishing: lap() },
    'segment loaded',
  );
  options.onLoaded(prepared.tallies.values());
  return raised;
}

/** Milliseconds since it was asked last. */
function stopwatch(): () => number {
  let last = performance.now();
  return () => {
    const present = performance.now();
    const passed = Math.round(present - last);
    last = present;
    return passed;
  };
}

type Window = { readonly from: Instant; readonly to: Instant } | null;

/** Stores the segment's records, unless the store has taken them before; gives the time that they cover. */
async function storeSegment(
  { store, clock }: StreamLoaderOptions,
  segment: Segment,
  files: { readonly records: string; readonly outcome: string },
  signal: AbortSignal,
): Promise<Window> {
  const id = batchOf(segment.number);
  const known = await store.stored(id);
  if (known) return known.window;
  const outcome = openOutcome(files.outcome);
  const failing = new AbortController();
  const guarded =
    <Value>(note: (value: Value) => void) =>
    (value: Value): void => {
      try {
        note(value);
      } catch (error) {
        failing.abort(error);
      }
    };
  try {
    const batch = { id, path: files.records, ingested: clock() };
    const { window } = await store.append(batch, {
      signal: AbortSignal.any([signal, failing.signal]),
      onReject: guarded(outcome.reject),
      onDuplicate: guarded(outcome.duplicate),
    });
    return window;
  } finally {
    outcome.close();
  }
}

/** Where the last segment that was finished is written down. */
const FINISHED = 'stream.finished';

async function lastFinished(state: State): Promise<number> {
  const row = await state.selectFrom('settings').select('value').where('name', '=', FINISHED).executeTakeFirst();
  return Number(row?.value ?? 0);
}

/** The program may have ended between the last transaction of a segment and the removal of its file. */
const isFinished = async (state: State, { number }: Segment): Promise<boolean> => (await lastFinished(state)) >= number;

/** Alerts, counts and offsets of a segment, and that it is done, in one transaction. Tells whether alerts changed. */
async function finish(
  { state, clock }: StreamLoaderOptions,
  segment: Segment,
  { tallies, offsets }: Prepared,
  evaluations: readonly Evaluation[],
): Promise<boolean> {
  const author = { actor: SYSTEM, now: clock() };
  const value = String(segment.number);
  return state.transaction().execute(async (transaction) => {
    for (const [id, tally] of tallies) await recordTally(transaction, id, segment.number, tally);
    await recordOffsets(transaction, offsets, formatInstant(author.now));
    await transaction
      .insertInto('settings')
      .values({ name: FINISHED, value })
      .onConflict((conflict) => conflict.column('name').doUpdateSet({ value }))
      .execute();
    return commitArrivals(transaction, author, evaluations);
  });
}
