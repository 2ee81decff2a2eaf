import { Decompress } from 'fzstd';

/** A file that is not what zstd writes. */
export class BrokenZstd extends Error {}

/**
 * The bytes behind a zstd stream, a chunk at a time. Throws `BrokenZstd`, also where the stream ends early. Checksums are not
 * looked at (`compareChecksums`).
 */
export async function* unzstd(source: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let ready: Buffer[] = [];
  const decoder = new Decompress((chunk) => ready.push(Buffer.from(chunk)));
  const push = (bytes: Uint8Array, isLast: boolean): readonly Buffer[] => {
    try {
      decoder.push(bytes, isLast);
    } catch (error) {
      throw new BrokenZstd(error instanceof Error ? error.message : String(error));
    }
    const chunks = ready;
    ready = [];
    return chunks;
  };
  for await (const chunk of source) yield* push(chunk, false);
  yield* push(new Uint8Array(0), true);
}
