import { setImmediate as pause } from 'node:timers/promises';
import type { MapperMemory } from './mapper-memory.ts';
import { openSourceMapper, type Recognise, type SourceMapper } from './stream-mapper.ts';
import type { MapperOf } from './stream-prepare.ts';

/** Mappers that stay in memory; one that has gone reads its lines again. */
const MOST_MAPPERS = 100;
/** Lines that are read again at once, before requests have their turn. */
const AT_ONCE = 200;

/** One mapper a source, which keeps what joins its records from segment to segment, and from process to process. */
export interface StreamMappers {
  readonly of: MapperOf;
  /** Mappers that were left in the midst of a segment: others take their place. */
  readonly forget: () => void;
}

export function openStreamMappers(
  recognise: Recognise,
  memory: MapperMemory,
  most: number = MOST_MAPPERS,
): StreamMappers {
  const mappers = new Map<string, SourceMapper>();
  const of: MapperOf = async (source, name) => {
    const mapper =
      mappers.get(source) ?? (await recalled(openSourceMapper(recognise, name), await memory.recall(source)));
    mappers.delete(source);
    mappers.set(source, mapper);
    for (const oldest of mappers.keys()) {
      if (mappers.size <= most) break;
      mappers.delete(oldest);
    }
    return mapper;
  };
  return { of, forget: () => mappers.clear() };
}

/** What comes of lines that are read again was stored when they came. */
async function recalled(mapper: SourceMapper, lines: readonly string[]): Promise<SourceMapper> {
  for (let at = 0; at < lines.length; at += AT_ONCE) {
    mapper.push(lines.slice(at, at + AT_ONCE).map((line, index) => ({ place: at + index, bytes: Buffer.from(line) })));
    await pause();
  }
  mapper.end({ isLast: true });
  return mapper;
}
