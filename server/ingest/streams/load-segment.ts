import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { commitArrivals, type Evaluation } from '#server/alerts/evaluation.ts';
import { sourcesToSplit } from '#server/ingest/source-settings.ts';
import { SYSTEM } from '#server/state/activity.ts';
import type { State } from '#server/state/open-state.ts';
import { type EventStore, FIRST_STREAM_BATCH } from '#server/store/event-store.ts';
import { formatInstant } from '#shared/base/time.ts';
import { finishSegment, isFinished, lastFinished } from './finished-segments.ts';
import type { MapperMemory } from './mapper-memory.ts';
import { readPrepared, writePrepared } from './prepared-file.ts';
import { framesOf, type Segment } from './segment.ts';
import { recordOffsets, recordTally } from './source-records.ts';
import { type Carried, recordCarried } from './stream-carry.ts';
import type { StreamLoaderOptions } from './stream-loader-options.ts';
import type { StreamMappers } from './stream-mappers.ts';
import { applyOutcome, openOutcome } from './stream-outcome.ts';
import { type Prepared, prepareSegment } from './stream-prepare.ts';
import { findUnstorable, withoutLines } from './unstorable.ts';

/** Number of a segment's batch in the store. */
export const batchOf = (segment: number): number => FIRST_STREAM_BATCH + segment;

/** The next segment number: never one that the store has a batch of, or that was finished without anything to store. */
export const nextSegment = async (store: EventStore, state: State): Promise<number> =>
  Math.max((await store.lastBatch()) - FIRST_STREAM_BATCH, await lastFinished(state)) + 1;

export interface SegmentContext extends StreamLoaderOptions {
  readonly mappers: StreamMappers;
  readonly memory: MapperMemory;
  readonly signal: AbortSignal;
}

export interface LoadOptions {
  /** Lines that the segment before this one left. */
  readonly carried: readonly Carried[];
  /** The store has failed at this segment before: records that it fails at are rejected, and the others stored. */
  readonly isolate: boolean;
}

export interface LoadedSegment {
  /** Whether alerts changed. */
  readonly raised: boolean;
  /** Lines that the next segment begins with. */
  readonly carried: readonly Carried[];
}

/**
 * One segment from the spool to alerts. Each step may be cut off and repeated: the store knows the batch that it took, alerts
 * know their occurrences, and counts are written in the one transaction behind which the segment is only a file to remove.
 */
export async function loadSegment(
  context: SegmentContext,
  segment: Segment,
  { carried, isolate }: LoadOptions,
): Promise<LoadedSegment> {
  const { spool, state, folder, store, signal } = context;
  if (await isFinished(state, segment)) {
    await spool.remove(segment);
    return { raised: false, carried };
  }
  const files = filesOf(folder, segment);
  const lap = stopwatch();
  const known = await store.stored(batchOf(segment.number));
  const prepared =
    known && existsSync(files.prepared)
      ? await readPrepared(files.prepared)
      : await prepare(context, segment, files.records, carried);
  const mapping = lap();
  if (!known && prepared.origins.length > 0) await storeSegment(context, segment, files, prepared, isolate);
  const window = (await store.stored(batchOf(segment.number)))?.window ?? null;
  if (existsSync(files.outcome)) await applyOutcome(files.outcome, prepared);
  const storing = lap();
  const evaluations = window ? await context.evaluate(window, signal) : [];
  signal.throwIfAborted();
  const judging = lap();
  const raised = await finish(context, segment, prepared, evaluations, carried);
  await spool.remove(segment);
  for (const file of Object.values(files)) await rm(file, { force: true });
  context.log.debug(
    { records: prepared.origins.length, mapping, storing, judging, finishing: lap() },
    'segment loaded',
  );
  context.onLoaded(prepared.tallies.values());
  return { raised, carried: prepared.carried };
}

interface SegmentFiles {
  readonly records: string;
  readonly outcome: string;
  readonly prepared: string;
  readonly part: string;
}

export const filesOf = (folder: string, { number }: Pick<Segment, 'number'>): SegmentFiles => ({
  records: join(folder, `${number}.records`),
  outcome: join(folder, `${number}.outcome`),
  prepared: join(folder, `${number}.prepared`),
  part: join(folder, `${number}.part`),
});

async function prepare(
  { state, mappers, memory }: SegmentContext,
  segment: Segment,
  path: string,
  carried: readonly Carried[],
): Promise<Prepared> {
  const preparation = { mapperOf: mappers.of, split: await sourcesToSplit(state), carried };
  const prepared = await prepareSegment(framesOf(segment), path, preparation);
  for (const [source, lines] of prepared.read) await memory.keep(source, segment.number, lines);
  return prepared;
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

/** Stores the segment's records; what the store does not take of them goes to the outcome file first. */
async function storeSegment(
  { store, clock, signal }: SegmentContext,
  segment: Segment,
  files: SegmentFiles,
  prepared: Prepared,
  isolate: boolean,
): Promise<void> {
  const id = batchOf(segment.number);
  const append = (path: string, more: Parameters<EventStore['append']>[1]) =>
    store.append({ id, path, ingested: clock() }, { signal, ...more });
  const isolated = isolate && (await takeOutUnstorable(files, prepared, (path) => append(path, { isTrial: true })));
  if (isolated || !prepared.isPlain) await writePrepared(files.prepared, prepared);
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
    await append(files.records, {
      signal: AbortSignal.any([signal, failing.signal]),
      onReject: guarded(outcome.reject),
      onDuplicate: guarded(outcome.duplicate),
    });
  } finally {
    outcome.close();
  }
}

/** Makes rejects of the records that the store fails at. Tells whether there are any. */
async function takeOutUnstorable(
  { records, part }: SegmentFiles,
  prepared: Prepared,
  tryStore: (path: string) => Promise<unknown>,
): Promise<boolean> {
  const found = await findUnstorable(records, part, tryStore);
  if (found === null) return false;
  const lines = new Set(found.map(({ line }) => line));
  await withoutLines(records, lines);
  for (const { line, reason, text } of found) {
    const origin = prepared.origins[line];
    if (!origin) continue;
    origin.tally.events -= 1;
    origin.tally.rejects.push({ place: origin.place, reason, text });
  }
  // From behind: what lies before keeps its place.
  for (const line of [...lines].reverse()) prepared.origins.splice(line, 1);
  return true;
}

/** Alerts, counts and offsets of a segment, what it leaves to the next, and that it is done, in one transaction. Tells whether alerts changed. */
async function finish(
  { state, clock }: StreamLoaderOptions,
  segment: Segment,
  { tallies, offsets, carried }: Prepared,
  evaluations: readonly Evaluation[],
  before: readonly Carried[],
): Promise<boolean> {
  const author = { actor: SYSTEM, now: clock() };
  return state.transaction().execute(async (transaction) => {
    for (const [id, tally] of tallies) await recordTally(transaction, id, segment.number, tally);
    await recordOffsets(transaction, offsets, formatInstant(author.now));
    if (before.length + carried.length > 0) await recordCarried(transaction, carried);
    await finishSegment(transaction, segment.number);
    return commitArrivals(transaction, author, evaluations);
  });
}
