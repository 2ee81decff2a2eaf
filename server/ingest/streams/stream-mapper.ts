import type { Mapped, Mapping, RecordMapper } from '#server/mappings/mapping.ts';

/** A record by its place in its segment. */
export interface PlacedLine {
  readonly place: number;
  readonly bytes: Buffer;
}

/** Makes ECS documents of the lines of one source; what becomes of a line goes by its place. */
export interface SourceMapper {
  /** Takes the lines of a frame; null where they are ECS documents already, or nothing that any mapping knows: the store decides about those. */
  readonly push: (lines: readonly PlacedLine[]) => readonly Mapped[] | null;
  /** What is open at the end of a segment. Nothing stays behind in the mapper but which processes there are. */
  readonly end: (options: { readonly isLast: boolean }) => SegmentEnd;
}

export interface SegmentEnd {
  readonly mapped: readonly Mapped[];
  /** Lines of records that were cut by the end of the segment, to be pushed before those of the next; none if it is the last. */
  readonly unfinished: readonly string[];
  /** Lines of the segment that taught the mapper something, without the unfinished: one that reads them again knows the same. */
  readonly read: readonly string[];
}

/** The mapping that is surest of these lines. */
export type Recognise = (lines: readonly string[]) => Mapping | undefined;

/** Lines of a frame that decide what it is. */
const SAMPLE = 12;
const AS_IT_IS = 'ecs';

/** @param host what the host is called where the records do not say */
export function openSourceMapper(recognise: Recognise, host: string): SourceMapper {
  const mappers = new Map<string, RecordMapper>();
  let read: string[] = [];
  return {
    push(lines) {
      const mapping = lines.length === 0 ? undefined : recognise(sampleOf(lines));
      if (!mapping || mapping.name === AS_IT_IS) return null;
      const mapper = mappers.get(mapping.name) ?? mapping.open({ hold: 0, host });
      mappers.set(mapping.name, mapper);
      return lines.flatMap(({ place, bytes }) => {
        const line = bytes.toString('utf8');
        if (mapping.isWhole !== true) read.push(line);
        return mapper.push(line, place);
      });
    },
    end({ isLast }) {
      const all = [...mappers.values()];
      const unfinished = isLast ? [] : all.flatMap((mapper) => mapper.takeUnfinished?.() ?? []);
      const open = new Set(unfinished);
      const finished = open.size === 0 ? read : read.filter((line) => !open.has(line));
      read = [];
      return { mapped: all.flatMap((mapper) => mapper.end()), unfinished, read: finished };
    },
  };
}

/** Lines from all over a frame. */
function sampleOf(lines: readonly PlacedLine[]): readonly string[] {
  const step = Math.max(1, Math.floor(lines.length / SAMPLE));
  const sample = lines.filter((_, index) => index % step === 0).slice(0, SAMPLE);
  return sample.map(({ bytes }) => bytes.toString('utf8'));
}
