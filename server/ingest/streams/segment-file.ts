import { type FileHandle, open } from 'node:fs/promises';
import { dirname } from 'node:path';

/** A file that only grows, and whose end is known to be on disk. */
export interface SegmentFile {
  /** Bytes that would survive a power cut. */
  readonly length: number;
  /** Resolves when the bytes are on disk. On failure the file is as it was before. */
  readonly append: (parts: readonly Buffer[]) => Promise<void>;
  readonly close: () => Promise<void>;
}

/** Creates the file; its name is durable when this resolves. */
export async function createSegmentFile(path: string): Promise<SegmentFile> {
  const file = await open(path, 'wx', 0o600);
  try {
    await syncFolder(dirname(path));
  } catch (error) {
    await file.close();
    throw error;
  }
  let length = 0;
  return {
    get length() {
      return length;
    },
    async append(parts) {
      try {
        const written = await writeAll(file, parts, length);
        await file.datasync();
        length = written;
      } catch (error) {
        await file.truncate(length);
        throw error;
      }
    },
    close: () => file.close(),
  };
}

/** Cuts a file where its last whole frame ends. */
export async function cutFile(path: string, length: number): Promise<void> {
  const file = await open(path, 'r+');
  try {
    await file.truncate(length);
    await file.datasync();
  } finally {
    await file.close();
  }
}

/** Gives the position behind. A short write is a disk that is about to refuse: the rest is tried once more. */
async function writeAll(file: FileHandle, parts: readonly Buffer[], from: number): Promise<number> {
  let at = from;
  for (const part of parts) {
    for (let done = 0; done < part.length; ) {
      const { bytesWritten } = await file.write(part, done, part.length - done, at);
      done += bytesWritten;
      at += bytesWritten;
    }
  }
  return at;
}

export async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}
