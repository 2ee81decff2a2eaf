import { mkdir, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Logger } from 'pino';
import { openAttempts } from '#server/auth/attempts.ts';
import { openIngestKeys } from '#server/auth/ingest-keys.ts';
import type { Config, IngestListener } from '#server/config.ts';
import { createIngestApp } from '#server/http/ingest/ingest-app.ts';
import type { IngestServices } from '#server/http/ingest/ingest-services.ts';
import { type Listening, listen } from '#server/http/listen.ts';
import { type FailedSegments, openFailedSegments } from '#server/ingest/streams/failed-segments.ts';
import { openIntake } from '#server/ingest/streams/intake.ts';
import { nextSegment } from '#server/ingest/streams/load-segment.ts';
import { openSourceBook } from '#server/ingest/streams/source-book.ts';
import { openStreamLoader, type StreamLoader } from '#server/ingest/streams/stream-loader.ts';
import type { StreamLoaderOptions } from '#server/ingest/streams/stream-loader-options.ts';
import { openStreamSpool, type StreamSpool } from '#server/ingest/streams/stream-spool.ts';
import { recognise } from '#server/mappings/registry.ts';
import { newId } from '#server/state/ids.ts';
import type { State } from '#server/state/open-state.ts';
import type { EventStore } from '#server/store/event-store.ts';
import type { Instant, Milliseconds } from '#shared/base/time.ts';

const MEBIBYTE = 1024 * 1024;
/** Of a segment at most: about 36,000 events. It takes what comes while the one before it is loaded, so the more waits, the more is loaded at once. */
const SEGMENT_BYTES = 64 * MEBIBYTE;
/** Stays free on the disk, for the store and the console's own records. */
const RESERVE_BYTES = 64 * MEBIBYTE;

/** What streams need that can be opened before anything runs. */
export interface StreamParts {
  readonly spool: StreamSpool;
  readonly ingest: IngestServices;
  readonly failed: FailedSegments;
  /** The loader of the spool, not started yet. */
  readonly loaderFor: (more: Pick<StreamLoaderOptions, 'evaluate' | 'publish'>) => StreamLoader;
}

export interface StreamSurroundings {
  readonly state: State;
  readonly store: EventStore;
  readonly log: Logger;
  readonly clock: () => Instant;
  /** How long a bulk is kept waiting for room before it is refused. */
  readonly patience: Milliseconds;
}

/** Opens what takes events in: segments that the process before this one left are among what the loader will find. */
export async function openStreams(
  { dataFolder, spoolLimit }: Config,
  { state, store, log, clock, patience }: StreamSurroundings,
): Promise<StreamParts> {
  const folder = join(dataFolder, 'stream');
  const loading = join(dataFolder, 'stream-loading');
  await mkdir(loading, { recursive: true, mode: 0o700 });
  const next = await nextSegment(store, state);
  const options = { folder, next, limit: spoolLimit, reserve: RESERVE_BYTES, segmentBytes: SEGMENT_BYTES };
  const spool = await openStreamSpool(options);
  await sweep(loading, new Set(spool.left.map(({ number }) => number)));
  const book = openSourceBook(state, clock);
  const failed = await openFailedSegments({ folder: join(dataFolder, 'stream-failed'), spool, state, clock });
  const ingest: IngestServices = {
    log,
    clock,
    book,
    keys: openIngestKeys(state, clock),
    attempts: openAttempts(clock),
    intake: await openIntake({ spool, store, state, book }),
    clusterId: await clusterIdOf(state, clock()),
    patience,
  };
  const loaderFor: StreamParts['loaderFor'] = (more) =>
    openStreamLoader({
      ...more,
      state,
      store,
      log,
      clock,
      spool,
      folder: loading,
      memoryFolder: join(dataFolder, 'stream-memory'),
      failed,
      recognise,
      onLoaded: book.noteLoaded,
      onTrouble: book.noteTrouble,
    });
  return { spool, ingest, failed, loaderFor };
}

/** Removes what was written for segments that are done. */
async function sweep(folder: string, left: ReadonlySet<number>): Promise<void> {
  for (const name of await readdir(folder)) {
    if (!left.has(Number.parseInt(name, 10))) await rm(join(folder, name), { force: true });
  }
}

const CLUSTER = 'cluster.id';

async function clusterIdOf(state: State, now: Instant): Promise<string> {
  const row = await state.selectFrom('settings').select('value').where('name', '=', CLUSTER).executeTakeFirst();
  if (row) return row.value;
  const value = newId(now);
  await state.insertInto('settings').values({ name: CLUSTER, value }).execute();
  return value;
}

/** Listens at the address that takes events only. */
export async function listenForEvents(ingest: IngestServices, { host, port, tls }: IngestListener): Promise<Listening> {
  const secrets = tls && { cert: await readFile(tls.cert), key: await readFile(tls.key) };
  return listen(createIngestApp(ingest), host, port, secrets ?? undefined);
}
