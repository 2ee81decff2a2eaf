import { type FileHandle, open, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { cutFile } from './segment-file.ts';
import { contentLength, decodeFrame, FRAME_HEAD, type Frame } from './stream-frame.ts';

/** A stretch of the stream that takes no more data: what is loaded as one batch. */
export interface Segment {
  /** Ascending in order of arrival, never used again while events of it are in the store. */
  readonly number: number;
  readonly path: string;
  readonly bytes: number;
}

const NAME = /^(\d{10})\.segment$/;
/** Where the segment of a number is. */
export const segmentPath = (folder: string, number: number): string =>
  join(folder, `${number.toString().padStart(10, '0')}.segment`);

/** The segments of a folder in order of arrival. */
export async function segmentsIn(folder: string): Promise<Segment[]> {
  const segments: Segment[] = [];
  for (const name of (await readdir(folder)).sort()) {
    const [, number] = NAME.exec(name) ?? [];
    if (number === undefined) continue;
    const path = join(folder, name);
    segments.push({ number: Number(number), path, bytes: (await stat(path)).size });
  }
  return segments;
}

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
