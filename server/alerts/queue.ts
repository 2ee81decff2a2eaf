import { type RawBuilder, sql } from 'kysely';
import type * as z from 'zod';
import type { StateReader } from '#server/state/open-state.ts';
import type { ALERT_SORTS, listAlerts } from '#shared/api/alerts.ts';
import { HAS_STALE, meets } from './filter.ts';
import { alertOf, type StepCount } from './row.ts';

type Sort = (typeof ALERT_SORTS)[number];

/** How far an alert is in its life: what a status sort goes by. */
const STATUS_ORDER = sql`case ${sql.ref('alerts.status')} when 'open' then 0 when 'acknowledged' then 1 else 2 end`;
const SEVERITY_ORDER = sql`case ${sql.ref('alerts.severity')} when 'low' then 0 when 'medium' then 1 when 'high' then 2 else 3 end`;

/** What the sorts of the queue go by. Hosts, users and tags go by an alert's first one. */
const SORTS: Readonly<Record<Sort, RawBuilder<unknown>>> = {
  lastSeen: sql.ref('alerts.lastSeen'),
  firstSeen: sql.ref('alerts.firstSeen'),
  raisedAt: sql.ref('alerts.raisedAt'),
  eventCount: sql.ref('alerts.eventCount'),
  ruleName: sql.ref('alerts.ruleName'),
  commandLine: sql.ref('alerts.commandLine'),
  host: sql.ref('alerts.hosts'),
  status: STATUS_ORDER,
  occurrences: sql.ref('alerts.occurrenceCount'),
  severity: SEVERITY_ORDER,
  riskScore: sql.ref('alerts.riskScore'),
  user: sql.ref('alerts.users'),
  parent: sql`coalesce(${sql.ref('alerts.parentName')}, ${sql.ref('alerts.parentExecutable')})`,
  executable: sql.ref('alerts.executable'),
  workingDirectory: sql.ref('alerts.workingDirectory'),
  verdict: sql.ref('alerts.verdict'),
  assignee: sql.ref('alerts.assignee'),
  tags: sql.ref('alerts.tags'),
  guide: sql.ref('alerts.stepsAnswered'),
};

/**
 * One page of the queue. Ties go by id, so that pages neither repeat nor miss an alert. The page's ids are found first:
 * sorting whole rows costs several times as much.
 */
export async function readQueue(
  state: StateReader,
  stepCount: StepCount,
  query: z.output<typeof listAlerts.query>,
): Promise<z.output<typeof listAlerts.response>> {
  const direction = query.direction === 'ascending' ? 'asc' : 'desc';
  const matching = state.selectFrom('alerts').where(meets(query));
  const page = await matching
    .select('alerts.id')
    .orderBy(SORTS[query.sort], direction)
    .orderBy('alerts.id', direction)
    .offset(query.offset)
    .limit(query.limit)
    .execute();
  const ids = page.map(({ id }) => id);
  const rows = ids.length === 0 ? [] : await state.selectFrom('alerts').selectAll().where('id', 'in', ids).execute();
  const byId = new Map(rows.map((row) => [row.id, row]));
  const { total } = await matching.select((count) => count.fn.countAll<number>().as('total')).executeTakeFirstOrThrow();
  return {
    alerts: ids.flatMap((id) => {
      const row = byId.get(id);
      return row ? [alertOf(row, stepCount)] : [];
    }),
    total,
    counts: { ...(await countByStatus(state)), stale: await countStale(state) },
  };
}

async function countStale(state: StateReader): Promise<number> {
  const { alerts } = await state
    .selectFrom('alerts')
    .select((count) => count.fn.countAll<number>().as('alerts'))
    .where(HAS_STALE)
    .executeTakeFirstOrThrow();
  return alerts;
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
