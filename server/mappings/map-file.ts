import { createWriteStream } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { plainSource } from '#server/store/duckdb/load/source.ts';
import type { Reject } from '#server/store/event-store.ts';
import { type Choice, chooseSource, foreignSource } from './choose-source.ts';
import { type Framing, framesOf, framingOf } from './frames.ts';
import { lineNumbers } from './line-numbers.ts';
import { type Mapped, type Mapping, rejected } from './mapping.ts';
import { openSession, type SessionCounts } from './session.ts';
import { splitMerged } from './split-merged.ts';

export interface MapFileOptions {
  /** For files made on the way: plain copies and mapped documents. Its owner removes it. */
  readonly folder: string;
  /** Name of a mapping that is to be used whatever the file looks like. */
  readonly source?: string | undefined;
  /** Name of the host where the records have none. */
  readonly host: string;
  readonly signal?: AbortSignal | undefined;
  /** Whether merged documents of a source become one event an action. */
  readonly splits?: ((source: Mapping) => boolean) | undefined;
  /** Records that cannot be mapped, with their number in the file as it came. */
  readonly onReject: (reject: Reject) => void;
  /** 0 to 1. */
  readonly onProgress?: ((share: number) => void) | undefined;
}

/** A file as the store's loader can take it. */
export interface LoadableFile {
  readonly path: string;
  /** What it was recognised as. */
  readonly source: Mapping;
  /** Absent for ECS documents that go to the loader as they came. */
  readonly mapped: SessionCounts | undefined;
  /** A reject of the loader with the number it has in the file as it came. */
  readonly original: (reject: Reject) => Reject;
}

/**
 * Recognises a file by its first lines, and writes foreign records as ECS documents beside it. ECS documents are not read
 * here. Throws `UnknownSource`, and what the disk or a broken archive throws.
 */
export async function mapFile(path: string, options: MapFileOptions): Promise<LoadableFile> {
  const { folder, signal } = options;
  const plain = await plainSource(path, folder, { signal });
  const start = await beginningOf(plain);
  const framing = framingOf(start);
  const choice = await chooseSource(plain, framing, options.source);
  if (choice.isPlainEcs && !options.splits?.(choice.mapping))
    return { path: plain, source: choice.mapping, mapped: undefined, original: withSource };
  return writeMapped(plain, framing, choice, options);
}

/** Behind the records by which a file is recognised another source's may follow: nothing reads them here, but whoever sent them learns why. */
function withSource(reject: Reject): Reject {
  const source = foreignSource(reject.text);
  if (!source) return reject;
  const reason = `${reject.reason}: a line of ${source.title} in a file that begins as ECS JSON; load such lines as a file of their own`;
  return { ...reject, reason };
}

const LOOK_BYTES = 64 * 1024;

async function beginningOf(path: string): Promise<string> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(LOOK_BYTES), 0, LOOK_BYTES, 0);
    return buffer.toString('utf8', 0, bytesRead).replace(/^\ufeff/, '');
  } finally {
    await file.close();
  }
}

async function writeMapped(
  plain: string,
  framing: Framing,
  { mapping }: Choice,
  options: MapFileOptions,
): Promise<LoadableFile> {
  const target = join(options.folder, 'mapped.ndjson');
  const session = openSession(mapping, { host: options.host });
  const numbers = lineNumbers();
  const splits = options.splits?.(mapping) ?? false;
  const { size } = await stat(plain);
  let seen = 0;

  const events = (mapped: readonly Mapped[]): string => {
    let text = '';
    for (const one of mapped) {
      if (one.kind === 'reject') options.onReject({ line: one.line, reason: one.reason, text: one.text });
      if (one.kind !== 'event') continue;
      for (const document of (splits ? splitMerged(one.text) : null) ?? [one.text]) {
        numbers.add(one.line);
        text += `${document}\n`;
      }
    }
    return text;
  };

  async function* documents(): AsyncGenerator<string> {
    let waiting = '';
    for await (const { number, text, isTooLong } of framesOf(plain, framing, options.signal)) {
      seen += text.length + 1;
      waiting += events(
        isTooLong ? [rejected(number, 'longer than a record may be', text)] : session.push(text, number),
      );
      if (waiting.length < BUFFER) continue;
      options.onProgress?.(Math.min(1, seen / Math.max(1, size)));
      yield waiting;
      waiting = '';
    }
    yield waiting + events(session.end());
  }

  await pipeline(documents, createWriteStream(target), options.signal ? { signal: options.signal } : {});
  const original = (reject: Reject): Reject => ({ ...reject, line: numbers.at(reject.line) });
  return { path: target, source: mapping, mapped: session.counts(), original };
}

const BUFFER = 256 * 1024;
