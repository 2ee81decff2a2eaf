import { DAY, type Instant } from '#shared/base/time.ts';
import type { FieldCatalogue } from '#shared/event/field.ts';
import type { Session } from '../connection.ts';
import { amongHashes } from '../documents.ts';
import { instantLiteral } from '../sql/literal.ts';
import { columnOrNull, type LinkedEvent, linkedEvents, type ProcessKey } from './process-links.ts';

/** Which process of an event is asked for: its own, or its parent. */
export type Side = 'process' | 'process.parent';

/** The stretch of time in which a pid is taken for the same process. */
interface PidRange {
  readonly from: Instant;
  readonly to: Instant;
}

/** Pids come round again: on a busy machine within minutes, and a day is longer than a life mostly lasts. */
export const pidRangeAround = (times: readonly Instant[]): PidRange => ({
  from: Math.min(...times) - DAY,
  to: Math.max(...times) + DAY,
});

export interface Search {
  readonly session: Session;
  readonly catalogue: FieldCatalogue;
  readonly range: PidRange;
}

export interface Sought {
  readonly sides: readonly Side[];
  /** Whether ancestors further up are wanted: long texts, which nobody reads on the way down. */
  readonly ancestry: boolean;
}

/**
 * The events of which one of the processes asked for is one of these. Entity ids name a process for ever; they are found by
 * their hash, eight bytes a row, whatever their age. Pids count on their host and within the range. An event may come twice.
 */
export async function findEvents(
  search: Search,
  sought: Sought,
  keys: readonly ProcessKey[],
): Promise<readonly LinkedEvent[]> {
  const entities = keys.flatMap((key) => (key.kind === 'entity' ? [key.id] : []));
  const pids = keys.flatMap((key) => (key.kind === 'pid' ? [{ host: key.host, pid: key.pid }] : []));
  return [
    ...(entities.length === 0 ? [] : await byEntity(search, sought, entities)),
    ...(pids.length === 0 ? [] : await byPid(search, sought, pids)),
  ];
}

/** Texts are compared here: asked to, the engine reads those of all events. */
async function byEntity(
  { session, catalogue }: Search,
  { sides, ancestry }: Sought,
  ids: readonly string[],
): Promise<readonly LinkedEvent[]> {
  const hashes = sides.map((side) => (side === 'process' ? 'entity_hash' : 'parent_hash'));
  const condition = amongHashes(hashes);
  const found = await linkedEvents(session, catalogue, { condition, values: [JSON.stringify(ids)], ancestry });
  const wanted = new Set(ids);
  const isWanted = (key: ProcessKey | null): boolean => key?.kind === 'entity' && wanted.has(key.id);
  return found.filter(({ own, parent }) => sides.some((side) => isWanted(side === 'process' ? own : parent)));
}

interface HostPid {
  readonly host: string;
  readonly pid: number;
}

function byPid(
  { session, catalogue, range }: Search,
  { sides, ancestry }: Sought,
  pids: readonly HostPid[],
): Promise<readonly LinkedEvent[]> {
  const host = columnOrNull(catalogue, 'host.id', 'VARCHAR');
  const time = columnOrNull(catalogue, '@timestamp', 'TIMESTAMP');
  const rows = sides.map(
    (side) => `SELECT events.rowid FROM events JOIN wanted
        ON ${columnOrNull(catalogue, `${side}.pid`, 'BIGINT')} = wanted.pid AND coalesce(${host}, '') = wanted.host
      WHERE ${columnOrNull(catalogue, `${side}.entity_id`, 'VARCHAR')} IS NULL
        AND ${time} BETWEEN ${instantLiteral(range.from)} AND ${instantLiteral(range.to)}`,
  );
  // Distinct pairs of a plain unnest: over a recursive one, DuckDB 1.5's DISTINCT keeps a single row.
  const wanted = `WITH wanted AS MATERIALIZED (
    SELECT DISTINCT pair.host AS host, pair.pid AS pid
    FROM (SELECT unnest(from_json($1, '[{"host":"VARCHAR","pid":"BIGINT"}]')) AS pair))`;
  const condition = `rowid IN (${wanted} ${rows.join(' UNION ALL ')})`;
  return linkedEvents(session, catalogue, { condition, values: [JSON.stringify(pids)], ancestry });
}
