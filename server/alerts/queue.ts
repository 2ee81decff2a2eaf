import { sql } from 'kysely';
import type { z } from 'zod';
import type { StateReader } from '#server/state/open-state.ts';
import type { ALERT_SORTS, listAlerts } from '#shared/api/alerts.ts';
import { meets } from './filter.ts';
import { alertOf, type StepCount } from './row.ts';

type Sort = (typeof ALERT_SORTS)[number];

/** Columns of `alerts` behind the sorts of the queue. A host sort goes by the alert's first host. */
const SORT_COLUMNS = {
  lastSeen: 'alerts.lastSeen',
  firstSeen: 'alerts.firstSeen',
  raisedAt: 'alerts.raisedAt',
  eventCount: 'alerts.eventCount',
  ruleName: 'alerts.ruleName',
  commandLine: 'alerts.commandLine',
  host: 'alerts.hosts',
  status: 'alerts.status',
  occurrences: 'alerts.occurrenceCount',
} as const satisfies Record<Sort, string>;

/** How far an alert is in its life: what a status sort goes by. */
const STATUS_ORDER = sql`case ${sql.ref('alerts.status')} when 'open' then 0 when 'acknowledged' then 1 else 2 end`;

/** One page of the queue. Ties go by id, so that pages neither repeat nor miss an alert. */
export async function readQueue(
  state: StateReader,
  stepCount: StepCount,
  query: z.output<typeof listAlerts.query>,
): Promise<z.output<typeof listAlerts.response>> {
  const direction = query.direction === 'ascending' ? 'asc' : 'desc';
  const matching = state.selectFrom('alerts').where(meets(query));
  const by = query.sort === 'status' ? STATUS_ORDER : sql.ref(SORT_COLUMNS[query.sort]);
  const rows = await matching
    .selectAll('alerts')
    .orderBy(by, direction)
    .orderBy('alerts.id', direction)
    .offset(query.offset)
    .limit(query.limit)
    .execute();
  const { total } = await matching.select((count) => count.fn.countAll<number>().as('total')).executeTakeFirstOrThrow();
  return { alerts: rows.map((row) => alertOf(row, stepCount)), total, counts: await countByStatus(state) };
}

/** Of all alerts. */
export async function countByStatus(
  state: StateReader,
): Promise<{ open: number; acknowledged: number; closed: number }> {
  const rows = await state
    .selectFrom('alerts')
    .select((count) => ['status', count.fn.countAll<number>().as('alerts')])
    .groupBy('status')
    .execute();
  const of = (status: string): number => rows.find((row) => row.status === status)?.alerts ?? 0;
  return { open: of('open'), acknowledged: of('acknowledged'), closed: of('closed') };
}
