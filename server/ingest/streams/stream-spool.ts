import { mkdir, rm, statfs } from 'node:fs/promises';
import { diskFull, isDiskFull } from '#server/ingest/spool.ts';
import { Refusal } from '#server/refusal.ts';
import { openJobQueue } from '#server/timing/job-queue.ts';
import { type Segment, segmentPath, segmentsIn } from './segment.ts';
import { createSegmentFile, type SegmentFile } from './segment-file.ts';

export interface StreamSpoolOptions {
  readonly folder: string;
  /** Number of the next new segment, where the folder holds none that is later. */
  readonly next: number;
  /** Most bytes that wait; beyond, data is refused. */
  readonly limit: number;
  /** Bytes that stay free on the disk, for what the rest of the program must write. */
  readonly reserve: number;
  /** Bytes after which a segment takes no more. */
  readonly segmentBytes: number;
}

/** Data that is acknowledged and not yet in the store, in files; no promise is made before the bytes are on disk. */
export interface StreamSpool {
  /** Takes these frames whole or refuses them whole: `busy` where too much waits, `no-space` where the disk is full. */
  readonly append: (frames: readonly Buffer[]) => Promise<void>;
  /** Refuses as `append` would, before there is anything to append. */
  readonly checkRoom: (bytes: number) => void;
  /** Segments that the process before this one left. */
  readonly left: readonly Segment[];
  /** Most bytes that may wait. */
  readonly limit: number;
  /** Bytes that wait. */
  readonly waiting: () => number;
  /** The oldest segment, which takes no more data from now on; null where nothing waits. */
  readonly oldest: () => Promise<Segment | null>;
  /** Removes the oldest: all of it is in the store. */
  readonly remove: (segment: Segment) => Promise<void>;
  /** Calls back whenever something has been added. */
  readonly onAdded: (listener: () => void) => void;
  readonly close: () => Promise<void>;
}

const SPACE_LOOK_MILLISECONDS = 1000;

const overloaded = (): Refusal =>
  new Refusal('busy', 'More waits to be loaded than there is room for.', { remedy: 'Send it again in a while.' });

/** Opens the folder, and takes up what the process before this one left there. */
export async function openStreamSpool(options: StreamSpoolOptions): Promise<StreamSpool> {
  const { folder, limit, reserve, segmentBytes } = options;
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const sealed = await segmentsIn(folder);
  let nextNumber = Math.max(options.next, (sealed.at(-1)?.number ?? 0) + 1);
  let active: { readonly file: SegmentFile; readonly number: number } | null = null;
  let queued: { readonly frames: readonly Buffer[]; readonly done: (error?: unknown) => void }[] = [];
  let queuedBytes = 0;
  const jobs = openJobQueue();
  let listener = (): void => undefined;
  let free = Number.POSITIVE_INFINITY;
  let lookedAt = 0;

  const waiting = (): number =>
    sealed.reduce((sum, segment) => sum + segment.bytes, 0) + (active?.file.length ?? 0) + queuedBytes;

  async function seal(): Promise<void> {
    if (active === null) return;
    const { file, number } = active;
    active = null;
    sealed.push({ number, path: segmentPath(folder, number), bytes: file.length });
    await file.close();
  }

  async function lookAtDisk(): Promise<void> {
    if (Date.now() - lookedAt < SPACE_LOOK_MILLISECONDS) return;
    lookedAt = Date.now();
    const { bavail, bsize } = await statfs(folder);
    free = bavail * bsize;
  }

  /** Writes all that has been queued meanwhile with one wait for the disk. */
  async function flush(): Promise<void> {
    const group = queued;
    const bytes = queuedBytes;
    if (group.length === 0) return;
    queued = [];
    try {
      await lookAtDisk();
      if (free < reserve + bytes) throw diskFull();
      if (active !== null && active.file.length >= segmentBytes) await seal();
      if (active === null) {
        const number = nextNumber++;
        active = { number, file: await createSegmentFile(segmentPath(folder, number)) };
      }
      await active.file.append(group.flatMap(({ frames }) => frames));
    } catch (error) {
      lookedAt = 0;
      for (const { done } of group) done(isDiskFull(error) ? diskFull() : error);
      return;
    } finally {
      queuedBytes -= bytes;
    }
    for (const { done } of group) done();
    listener();
  }

  const checkRoom = (bytes: number): void => {
    // What is larger than the limit itself must find room once nothing else waits: else it never would.
    if (waiting() + bytes > Math.max(limit, bytes)) throw overloaded();
    if (free < reserve + bytes && Date.now() - lookedAt < SPACE_LOOK_MILLISECONDS) throw diskFull();
  };

  return {
    left: [...sealed],
    limit,
    waiting,
    checkRoom,
    async append(frames) {
      const bytes = frames.reduce((sum, frame) => sum + frame.length, 0);
      checkRoom(bytes);
      queuedBytes += bytes;
      const written = new Promise<void>((resolve, reject) => {
        queued.push({ frames, done: (error) => (error === undefined ? resolve() : reject(error)) });
      });
      jobs.add(flush).catch(() => undefined);
      return written;
    },
    oldest: () =>
      jobs.add(async () => {
        if (sealed.length === 0) await seal();
        return sealed[0] ?? null;
      }),
    async remove(segment) {
      await rm(segment.path, { force: true });
      const index = sealed.findIndex(({ number }) => number === segment.number);
      if (index !== -1) sealed.splice(index, 1);
    },
    onAdded(called) {
      listener = called;
    },
    close: () => jobs.add(seal),
  };
}
