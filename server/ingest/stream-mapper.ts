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
  /**
   * What is still open at the end of a segment. Nothing is held back for a later one, since only what is in the store is safe;
   * but which processes there are is remembered.
   */
  readonly end: () => readonly Mapped[];
}

/** The mapping that is surest of these lines. */
export type Recognise = (lines: readonly string[]) => Mapping | undefined;

/** Lines of a frame that decide what it is. */
const SAMPLE = 12;
const AS_IT_IS = 'ecs';

/** @param host what the host is called where the records do not say */
export function openSourceMapper(recognise: Recognise, host: string): SourceMapper {
  const mappers = new Map<string, RecordMapper>();
  return {
    push(lines) {
      const mapping = lines.length === 0 ? undefined : recognise(sampleOf(lines));
      if (!mapping || mapping.name === AS_IT_IS) return null;
      const mapper = mappers.get(mapping.name) ?? mapping.open({ hold: 0, host });
      mappers.set(mapping.name, mapper);
      return lines.flatMap(({ place, bytes }) => mapper.push(bytes.toString('utf8'), place));
    },
    end: () => [...mappers.values()].flatMap((mapper) => mapper.end()),
  };
}

/** Lines from all over a frame. */
function sampleOf(lines: readonly PlacedLine[]): readonly string[] {
  const step = Math.max(1, Math.floor(lines.length / SAMPLE));
  const sample = lines.filter((_, index) => index % step === 0).slice(0, SAMPLE);
  return sample.map(({ bytes }) => bytes.toString('utf8'));
}
