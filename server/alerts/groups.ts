import { type RawBuilder, sql } from 'kysely';
import type { z } from 'zod';
import type { StateReader } from '#server/state/open-state.ts';
import type { ALERT_GROUPS, groupAlerts } from '#shared/api/alerts.ts';
import { meets } from './filter.ts';

type Grouping = (typeof ALERT_GROUPS)[number];

const GROUP_COLUMNS = {
  commandShape: 'alerts.commandShape',
  rule: 'alerts.rule',
  parentExecutable: 'alerts.parentExecutable',
  status: 'alerts.status',
  verdict: 'alerts.verdict',
  host: 'host.value',
  user: 'user.value',
} as const satisfies Record<Grouping, string>;

/** Alerts by one property, most alerts first. An alert of two hosts counts in both hosts' groups. */
export async function readGroups(
  state: StateReader,
  query: z.output<typeof groupAlerts.query>,
): Promise<z.output<typeof groupAlerts.response>> {
  const value: RawBuilder<string | null> = sql.ref(GROUP_COLUMNS[query.by]);
  const grouped = state
    .selectFrom('alerts')
    .leftJoin('alertValues as host', (join) =>
      join.onRef('host.alertId', '=', 'alerts.id').on('host.kind', '=', 'host'),
    )
    .$if(query.by === 'user', (joined) =>
      joined.leftJoin('alertValues as user', (join) =>
        join.onRef('user.alertId', '=', 'alerts.id').on('user.kind', '=', 'user'),
      ),
    )
    .where(meets(query))
    .groupBy(value)
    .select((select) => [
      value.as('value'),
      select.fn.count<number>('alerts.id').distinct().as('alerts'),
      sql<number>`count(distinct case when ${sql.ref('alerts.status')} = 'open' then ${sql.ref('alerts.id')} end)`.as(
        'open',
      ),
      select.fn.count<number>('host.value').distinct().as('hosts'),
      select.fn.max<string>('alerts.lastSeen').as('lastSeen'),
    ]);
  const groups = await grouped.orderBy('alerts', 'desc').orderBy('lastSeen', 'desc').limit(query.limit).execute();
  const { total } = await state
    .selectFrom(grouped.as('grouped'))
    .select((count) => count.fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow();
  return { groups, total };
}
