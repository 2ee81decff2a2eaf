import { type FileHandle, mkdir, open, readdir, rm, stat, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { Refusal } from '#server/refusal.ts';
import { createSegmentFile, cutFile, type SegmentFile } from './segment-file.ts';
import { diskFull, isDiskFull } from './spool.ts';
import { contentLength, decodeFrame, FRAME_HEAD, type Frame } from './stream-frame.ts';

/** A stretch of the stream that takes no more data: what is loaded as one batch. */
export interface Segment {
  /** Ascending in order of arrival, never used again while events of it are in the store. */
  readonly number: number;
  readonly path: string;
  readonly bytes: number;
}

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

const NAME = /^(\d{10})\.segment$/;
const pathOf = (folder: string, number: number): string =>
  join(folder, `${number.toString().padStart(10, '0')}.segment`);

const SPACE_LOOK_MILLISECONDS = 1000;

const overloaded = (): Refusal =>
  new Refusal('busy', 'More waits to be loaded than there is room for.', { remedy: 'Send it again in a while.' });

/**
 * The frames of a segment one after the other, as they are asked for. Cuts off a last one that was not finished: nobody was told
 * that it was taken.
 */
export async function* framesOf({ path }: Pick<Segment, 'path'>): AsyncGenerator<Frame, void> {
  const file = await open(path);
  let end = 0;
  try {
    const { size } = await file.stat();
    for (;;) {
      const frame = await frameAt(file, end, size);
      if (frame === null) break;
      end += frame.bytes;
      yield frame.frame;
    }
    if (end === size) return;
  } finally {
    await file.close();
  }
  await cutFile(path, end);
}

interface FrameInFile {
  readonly frame: Frame;
  /** With its head. */
  readonly bytes: number;
}

/** The frame that begins there; null where none is whole. */
async function frameAt(file: FileHandle, at: number, size: number): Promise<FrameInFile | null> {
  if (at + FRAME_HEAD > size) return null;
  const { buffer: head } = await file.read(Buffer.allocUnsafe(FRAME_HEAD), 0, FRAME_HEAD, at);
  const bytes = FRAME_HEAD + contentLength(head);
  if (at + bytes > size) return null;
  const content = Buffer.allocUnsafe(bytes - FRAME_HEAD);
  const { bytesRead } = await file.read(content, 0, content.length, at + FRAME_HEAD);
  const frame = decodeFrame(head, content.subarray(0, bytesRead));
  return frame && { frame, bytes };
}

/** All frames of a segment. */
export async function readSegment(segment: Pick<Segment, 'path'>): Promise<readonly Frame[]> {
  const frames: Frame[] = [];
  for await (const frame of framesOf(segment)) frames.push(frame);
  return frames;
}

/** Opens the folder, and takes up what the process before this one left there. */
export async function openStreamSpool(options: StreamSpoolOptions): Promise<StreamSpool> {
  const { folder, limit, reserve, segmentBytes } = options;
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const sealed = await segmentsIn(folder);
  let nextNumber = Math.max(options.next, (sealed.at(-1)?.number ?? 0) + 1);
  let active: { readonly file: SegmentFile; readonly number: number } | null = null;
  let queued: { readonly frames: readonly Buffer[]; readonly done: (error?: unknown) => void }[] = [];
  let queuedBytes = 0;
  let last: Promise<void> = Promise.resolve();
  let listener = (): void => undefined;
  let free = Number.POSITIVE_INFINITY;
  let lookedAt = 0;

  const serial = <Value>(work: () => Promise<Value>): Promise<Value> => {
    const result = last.then(work);
    last = result.then(
      () => undefined,
      () => undefined,
    );
    return result;
  };
  const waiting = (): number =>
    sealed.reduce((sum, segment) => sum + segment.bytes, 0) + (active?.file.length ?? 0) + queuedBytes;

  async function seal(): Promise<void> {
    if (active === null) return;
    const { file, number } = active;
    active = null;
    sealed.push({ number, path: pathOf(folder, number), bytes: file.length });
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
        active = { number, file: await createSegmentFile(pathOf(folder, number)) };
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
      serial(flush).catch(() => undefined);
      return written;
    },
    oldest: () =>
      serial(async () => {
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
    close: () => serial(seal),
  };
}

async function segmentsIn(folder: string): Promise<Segment[]> {
  const segments: Segment[] = [];
  for (const name of (await readdir(folder)).sort()) {
    const [, number] = NAME.exec(name) ?? [];
    if (number === undefined) continue;
    const path = join(folder, name);
    segments.push({ number: Number(number), path, bytes: (await stat(path)).size });
  }
  return segments;
}
