import type { Mapped, Mapping, RecordMapper } from '#server/mappings/mapping.ts';

/** Makes ECS documents of the lines of one source. */
export interface SourceMapper {
  /**
   * What became of the lines of a frame, by their places; null where they are ECS documents already, or nothing that any
   * mapping knows: the store decides about those. Nothing is held back for a later frame, since only what is in the store
   * is safe; what joins records across frames is remembered.
   */
  readonly map: (lines: readonly Buffer[]) => readonly Mapped[] | null;
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
    map(lines) {
      const mapping = recognise(sampleOf(lines));
      if (!mapping || mapping.name === AS_IT_IS) return null;
      const mapper = mappers.get(mapping.name) ?? mapping.open({ hold: 0, host });
      mappers.set(mapping.name, mapper);
      return [...lines.flatMap((line, place) => mapper.push(line.toString('utf8'), place)), ...mapper.end()];
    },
  };
}

/** Lines from all over a frame. */
function sampleOf(lines: readonly Buffer[]): readonly string[] {
  const step = Math.max(1, Math.floor(lines.length / SAMPLE));
  const sample = lines.filter((_, place) => place % step === 0).slice(0, SAMPLE);
  return sample.map((line) => line.toString('utf8'));
}
