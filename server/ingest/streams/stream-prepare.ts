import { open } from 'node:fs/promises';
import type { Mapped } from '#server/mappings/mapping.ts';
import { splitMerged } from '#server/mappings/split-merged.ts';
import { joinLines } from './byte-lines.ts';
import { sourceId } from './source-id.ts';
import type { Carried } from './stream-carry.ts';
import type { Frame } from './stream-frame.ts';
import type { PlacedLine, SourceMapper } from './stream-mapper.ts';
import { newTally, noteFrame, type Tally } from './stream-tally.ts';

/** A segment as the store can take it. */
export interface Prepared {
  /** By line of the file that was written, from 0: whose it is, and its place in the segment. */
  readonly origins: Origin[];
  /** By source id. */
  readonly tallies: ReadonlyMap<string, Tally>;
  /** Where each resumable stream has come to. */
  readonly offsets: ReadonlyMap<string, number>;
  /** Lines that the next segment begins with. */
  readonly carried: readonly Carried[];
  /** By source id: lines that mappers are to know after a restart. */
  readonly read: ReadonlyMap<string, readonly string[]>;
  /** Records go to the store as they came: the same segment always gives the same. */
  readonly isPlain: boolean;
}

export interface Origin {
  readonly tally: Tally;
  readonly place: number;
}

/** The mapper of a source, by its id and name. */
export type MapperOf = (source: string, name: string) => Promise<SourceMapper>;

/** Longest text of a reject that is kept. */
const REJECT_TEXT = 16 * 1024;

/** How records become what the store takes. */
export interface Preparation {
  readonly mapperOf: MapperOf;
  /** Ids of sources whose merged documents become one event an action. */
  readonly split: ReadonlySet<string>;
  /** Lines that the segment before this one left. */
  readonly carried: readonly Carried[];
}

/** Writes the records of a segment as ECS JSON lines, frame by frame, and counts what is none. */
export async function prepareSegment(
  frames: AsyncIterable<Frame>,
  path: string,
  { mapperOf, split, carried }: Preparation,
): Promise<Prepared> {
  const file = await open(path, 'w', 0o600);
  const origins: Origin[] = [];
  const tallies = new Map<string, Tally>();
  const offsets = new Map<string, number>();
  const waiting = new Map(carried.map((one) => [one.source, one]));
  const read = new Map<string, readonly string[]>();
  const ended = new Set<string>();
  let isPlain = true;
  let next = 0;

  const write = (id: string, tally: Tally, made: readonly PlacedLine[]): Promise<void> => {
    const isSplit = split.has(id);
    const records = isSplit ? made.flatMap(divided) : made;
    if (isSplit) isPlain = false;
    for (const { place } of records) origins.push({ tally, place });
    tally.events += records.length;
    return file.appendFile(joinLines(records.map(({ bytes }) => bytes)));
  };

  /** The tally of a frame's source; lines that the last segment has left come before all others. */
  async function begin(id: string, frame: Frame, mapper: SourceMapper): Promise<Tally> {
    const known = tallies.get(id);
    if (known) return known;
    const tally = newTally(frame);
    tallies.set(id, tally);
    const lines = (waiting.get(id)?.lines ?? []).map((line) => ({ place: next++, bytes: Buffer.from(line) }));
    waiting.delete(id);
    await write(id, tally, eventsAmong(mapper.push(lines) ?? [], tally));
    return tally;
  }

  try {
    for await (const frame of frames) {
      const id = sourceId(frame.keyId, frame.source);
      const mapper = await mapperOf(id, frame.source);
      const tally = await begin(id, frame, mapper);
      if (frame.isEnd) ended.add(id);
      noteFrame(tally, frame);
      await write(id, tally, recordsOf(frame, mapper, tally, next));
      if (frame.stream) offsets.set(frame.stream.id, frame.stream.next);
      next += frame.lines.length;
    }
    for (const [id, tally] of tallies) {
      const end = (await mapperOf(id, tally.name)).end({ isLast: ended.has(id) });
      await write(id, tally, eventsAmong(end.mapped, tally));
      if (end.read.length > 0) read.set(id, end.read);
      if (end.read.length + end.unfinished.length > 0) isPlain = false;
      const { name, keyId, client, to } = tally;
      if (end.unfinished.length > 0)
        waiting.set(id, { source: id, name, keyId, client, at: to, lines: [...end.unfinished] });
    }
  } finally {
    await file.close();
  }
  return { origins, tallies, offsets, carried: [...waiting.values()], read, isPlain };
}

/** The records of a frame that go to the store; the others are noted in the tally. */
function recordsOf(frame: Frame, mapper: SourceMapper, tally: Tally, first: number): readonly PlacedLine[] {
  const { lines } = frame;
  const rejects = new Map(frame.rejects);
  tally.records += lines.length;
  for (const [index, reason] of rejects) {
    tally.rejects.push({ place: first + index, reason, text: textOf(lines[index]) });
  }
  const kept = lines.flatMap((bytes, index) =>
    rejects.has(index) || bytes.length === 0 ? [] : [{ place: first + index, bytes }],
  );
  const mapped = mapper.push(kept);
  if (mapped !== null) return eventsAmong(mapped, tally);
  const ids = new Map(frame.ids);
  return ids.size === 0
    ? kept
    : kept.map(({ place, bytes }) => ({ place, bytes: named(bytes, ids.get(place - first)) }));
}

/** What a mapper has made of lines: events, and what is noted in the tally. */
function eventsAmong(mapped: readonly Mapped[], tally: Tally): readonly PlacedLine[] {
  return mapped.flatMap((one): readonly PlacedLine[] => {
    if (one.kind === 'event') return [{ place: one.line, bytes: Buffer.from(one.text) }];
    if (one.kind === 'skipped') tally.skipped += 1;
    else tally.rejects.push({ place: one.line, reason: one.reason, text: one.text.slice(0, REJECT_TEXT) });
    return [];
  });
}

/** A merged document as one record an action, all at its place. */
function divided(record: PlacedLine): readonly PlacedLine[] {
  const texts = splitMerged(record.bytes.toString('utf8'));
  return texts ? texts.map((text) => ({ place: record.place, bytes: Buffer.from(text) })) : [record];
}

const textOf = (line: Buffer | undefined): string => line?.toString('utf8', 0, REJECT_TEXT) ?? '';

/** A record that has no id of its own is known by the one that its sender gave it. Otherwise it stays as it came. */
const named = (bytes: Buffer, id: string | undefined): Buffer => {
  if (id === undefined) return bytes;
  const rest = bytes.subarray(bytes.indexOf('{') + 1);
  const isEmpty = rest.toString('utf8').trim() === '}';
  return Buffer.concat([Buffer.from(`{"event.id":${JSON.stringify(id)}${isEmpty ? '' : ','}`), rest]);
};
