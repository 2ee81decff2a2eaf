import type { EventNumber } from '#server/store/event-store.ts';
import { DAY, type Instant } from '#shared/base/time.ts';
import type { FieldCatalogue } from '#shared/event/field.ts';
import { countOf, type Session } from '../connection.ts';
import { amongTexts } from '../documents.ts';
import { instantLiteral } from '../sql/literal.ts';
import { columnOrNull, type ProcessKey } from './process-links.ts';

/** Which process of an event is asked for: its own, or its parent. */
export type Side = 'process' | 'process.parent';

/** The stretch of time in which a pid is taken for the same process. */
export interface PidRange {
  readonly from: Instant;
  readonly to: Instant;
}

/** Pids come round again: on a busy machine within minutes, and a day is longer than a life mostly lasts. */
export const pidRangeAround = (times: readonly Instant[]): PidRange => ({
  from: Math.min(...times) - DAY,
  to: Math.max(...times) + DAY,
});

/**
 * Numbers of the events whose process, or parent process, is one of these. Entity ids name a process for ever; they are
 * found by their hash, eight bytes a row, whatever their age. Pids count on their host and within the range.
 */
export async function findEvents(
  session: Session,
  catalogue: FieldCatalogue,
  side: Side,
  keys: readonly ProcessKey[],
  range: PidRange,
): Promise<readonly EventNumber[]> {
  const entities = keys.flatMap((key) => (key.kind === 'entity' ? [key.id] : []));
  const pids = keys.flatMap((key) => (key.kind === 'pid' ? [{ host: key.host, pid: key.pid }] : []));
  const entity = columnOrNull(catalogue, `${side}.entity_id`, 'VARCHAR');
  const found = [
    ...(entities.length === 0 ? [] : await byEntity(session, side, entity, entities)),
    ...(pids.length === 0 ? [] : await byPid(session, catalogue, side, pids, range)),
  ];
  return found.map((row) => countOf(row['seq']));
}

const byEntity = (session: Session, side: Side, entity: string, ids: readonly string[]) =>
  session.rows(
    `SELECT seq FROM events WHERE ${amongTexts(entity, side === 'process' ? 'entity_hash' : 'parent_hash')}`,
    [JSON.stringify(ids)],
  );

interface HostPid {
  readonly host: string;
  readonly pid: number;
}

const byPid = (session: Session, catalogue: FieldCatalogue, side: Side, pids: readonly HostPid[], range: PidRange) =>
  session.rows(
    // Distinct pairs of a plain unnest: over a recursive one, DuckDB 1.5's DISTINCT keeps a single row.
    `WITH wanted AS MATERIALIZED (
      SELECT DISTINCT pair.host AS host, pair.pid AS pid
      FROM (SELECT unnest(from_json($1, '[{"host":"VARCHAR","pid":"BIGINT"}]')) AS pair))
    SELECT seq FROM events JOIN wanted
      ON ${columnOrNull(catalogue, `${side}.pid`, 'BIGINT')} = wanted.pid
      AND coalesce(${columnOrNull(catalogue, 'host.id', 'VARCHAR')}, '') = wanted.host
    WHERE ${columnOrNull(catalogue, `${side}.entity_id`, 'VARCHAR')} IS NULL
      AND ${columnOrNull(catalogue, '@timestamp', 'TIMESTAMP')} BETWEEN ${instantLiteral(range.from)} AND ${instantLiteral(range.to)}`,
    [JSON.stringify(pids)],
  );
