import type { StoreStatistics } from '#server/store/event-store.ts';
import type { FieldCatalogue } from '#shared/event/field.ts';
import { countOf, type Session } from './connection.ts';
import { quoteName } from './sql/identifier.ts';

const HOST = 'host.id';
const TIMESTAMP = '@timestamp';

/** How much there is: events, distinct `host.id`, and the range of `@timestamp`. */
export async function statisticsOf(session: Session, catalogue: FieldCatalogue): Promise<StoreStatistics> {
  const hosts = catalogue.find(HOST) ? `count(DISTINCT ${quoteName(HOST)})` : '0';
  const time = catalogue.find(TIMESTAMP)?.type === 'date' ? quoteName(TIMESTAMP) : 'NULL::TIMESTAMP';
  const [row] = await session.rows(
    `SELECT count(*) AS events, ${hosts} AS hosts, epoch_ms(min(${time})) AS first, epoch_ms(max(${time})) AS last FROM events`,
  );
  const [first, last] = [row?.['first'], row?.['last']];
  return {
    events: countOf(row?.['events']),
    hosts: countOf(row?.['hosts']),
    window: first === null || first === undefined ? null : { from: countOf(first), to: countOf(last) },
  };
}
