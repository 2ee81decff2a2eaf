import type { Mapped, MapperOptions, Mapping, RecordMapper } from './mapping.ts';
import { MAPPINGS, recognise } from './registry.ts';

/** What a session has done so far. */
export interface SessionCounts {
  readonly events: number;
  readonly rejected: number;
  /** Lines that are no events for a good reason, by that reason. */
  readonly skipped: ReadonlyMap<string, number>;
  /** Events by the mapping that made them, the main one among them. */
  readonly eventsBy: ReadonlyMap<string, number>;
  readonly unknownParents: number;
}

/** Maps the lines of a file or a stream that is mostly of one source; lines of others among them are mapped as theirs. */
export interface Session {
  readonly push: (line: string, number: number) => readonly Mapped[];
  readonly end: () => readonly Mapped[];
  readonly counts: () => SessionCounts;
}

/** @param main the source of the file; absent, each line is looked at by itself */
export function openSession(main: Mapping | undefined, options: MapperOptions = {}): Session {
  const mappers = new Map<string, RecordMapper>();
  const skippedBy = new Map<string, number>();
  const eventsBy = new Map<string, number>();
  let events = 0;
  let rejected = 0;

  const mapperOf = (mapping: Mapping): RecordMapper => {
    const mapper = mappers.get(mapping.name) ?? mapping.open(options);
    mappers.set(mapping.name, mapper);
    return mapper;
  };

  const counted = (mapping: Mapping, mapped: readonly Mapped[]): readonly Mapped[] => {
    for (const one of mapped) {
      if (one.kind === 'event') {
        events += 1;
        eventsBy.set(mapping.name, (eventsBy.get(mapping.name) ?? 0) + 1);
      } else if (one.kind === 'reject') rejected += 1;
      else skippedBy.set(one.reason, (skippedBy.get(one.reason) ?? 0) + 1);
    }
    return mapped;
  };

  function push(line: string, number: number): readonly Mapped[] {
    const first = main ?? recognise([line]) ?? MAPPINGS[0];
    if (!first) return [];
    const mapped = mapperOf(first).push(line, number);
    const isRefused = main !== undefined && mapped.some((one) => one.kind === 'reject' && one.line === number);
    const other = isRefused ? recognise([line]) : undefined;
    if (!other || other === first) return counted(first, mapped);
    const others = mapped.filter((one) => one.kind !== 'reject' || one.line !== number);
    return [...counted(first, others), ...counted(other, mapperOf(other).push(line, number))];
  }

  return {
    push,
    end: () =>
      MAPPINGS.flatMap((mapping) => {
        const mapper = mappers.get(mapping.name);
        return mapper ? counted(mapping, mapper.end()) : [];
      }),
    counts: () => ({
      events,
      rejected,
      skipped: skippedBy,
      eventsBy,
      unknownParents: [...mappers.values()].reduce((sum, mapper) => sum + mapper.unknownParents(), 0),
    }),
  };
}
