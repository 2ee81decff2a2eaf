import { open } from 'node:fs/promises';
import { sourceId } from './source-id.ts';
import type { Frame } from './stream-frame.ts';
import type { SourceMapper } from './stream-mapper.ts';
import { newTally, noteFrame, type Tally } from './stream-tally.ts';

/** A segment as the store can take it. */
export interface Prepared {
  /** Lines of the file that was written. */
  readonly lines: number;
  /** By line of the file, from 0: whose it is, and its place in the segment. */
  readonly origins: readonly Origin[];
  /** By source id. */
  readonly tallies: ReadonlyMap<string, Tally>;
  /** Where each resumable stream has come to. */
  readonly offsets: ReadonlyMap<string, number>;
}

export interface Origin {
  readonly tally: Tally;
  readonly place: number;
}

/** Longest text of a reject that is kept. */
const REJECT_TEXT = 16 * 1024;

/** Writes the records of a segment as ECS JSON lines, and counts what is none. */
export async function prepareSegment(
  frames: readonly Frame[],
  path: string,
  mapperOf: (source: string, name: string) => SourceMapper,
): Promise<Prepared> {
  const file = await open(path, 'w', 0o600);
  const origins: Origin[] = [];
  const tallies = new Map<string, Tally>();
  const offsets = new Map<string, number>();
  let first = 0;
  try {
    for (const frame of frames) {
      const id = sourceId(frame.keyId, frame.source);
      const tally = tallies.get(id) ?? newTally(frame);
      tallies.set(id, tally);
      noteFrame(tally, frame);
      const records = recordsOf(frame, mapperOf(id, frame.source), tally, first);
      for (const { place } of records) origins.push({ tally, place: first + place });
      tally.events += records.length;
      await file.appendFile(Buffer.concat(records.flatMap(({ bytes }) => [bytes, NEWLINE])));
      if (frame.stream) offsets.set(frame.stream.id, frame.stream.next);
      first += frame.lines.length;
    }
  } finally {
    await file.close();
  }
  return { lines: origins.length, origins, tallies, offsets };
}

const NEWLINE = Buffer.from('\n');

interface Readied {
  readonly place: number;
  readonly bytes: Buffer;
}

/** The records of a frame that go to the store; the others are noted in the tally. */
function recordsOf(frame: Frame, mapper: SourceMapper, tally: Tally, first: number): readonly Readied[] {
  const { lines } = frame;
  const rejects = new Map(frame.rejects);
  const ids = new Map(frame.ids);
  tally.records += lines.length;
  for (const [place, reason] of rejects) {
    tally.rejects.push({ place: first + place, reason, text: textOf(lines[place]) });
  }
  const kept = lines.flatMap((bytes, place) => (rejects.has(place) || bytes.length === 0 ? [] : [{ place, bytes }]));
  const mapped = kept.length === 0 ? null : mapper.map(kept.map(({ bytes }) => bytes));
  if (mapped === null) return kept.map(({ place, bytes }) => ({ place, bytes: named(bytes, ids.get(place)) }));
  return mapped.flatMap((one): readonly Readied[] => {
    const place = kept[one.line]?.place ?? 0;
    if (one.kind === 'event') return [{ place, bytes: Buffer.from(one.text) }];
    if (one.kind === 'skipped') tally.skipped += 1;
    else tally.rejects.push({ place: first + place, reason: one.reason, text: one.text.slice(0, REJECT_TEXT) });
    return [];
  });
}

const textOf = (line: Buffer | undefined): string => line?.toString('utf8', 0, REJECT_TEXT) ?? '';

/** A record that has no id of its own is known by the one that its sender gave it. Otherwise it stays as it came. */
const named = (bytes: Buffer, id: string | undefined): Buffer => {
  if (id === undefined) return bytes;
  const rest = bytes.subarray(bytes.indexOf('{') + 1);
  const isEmpty = rest.toString('utf8').trim() === '}';
  return Buffer.concat([Buffer.from(`{"event.id":${JSON.stringify(id)}${isEmpty ? '' : ','}`), rest]);
};
