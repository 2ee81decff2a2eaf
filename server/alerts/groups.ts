import { type RawBuilder, type SqlBool, sql } from 'kysely';
import type { z } from 'zod';
import type { StateReader } from '#server/state/open-state.ts';
import { verdictSchema } from '#shared/alert/alert.ts';
import type { AlertGroup, groupAlerts } from '#shared/api/alerts.ts';
import { FIELD_HOMES, meets } from './filter.ts';

const VERDICTS = verdictSchema.options;

/** Alerts by one property. An alert of two hosts counts in both hosts' groups. */
export async function readGroups(
  state: StateReader,
  query: z.output<typeof groupAlerts.query>,
): Promise<z.output<typeof groupAlerts.response>> {
  const home = FIELD_HOMES[query.by];
  const value: RawBuilder<string | null> =
    'column' in home ? sql.ref(`alerts.${home.column}`) : sql.ref('grouped.value');
  // An alert has each value once, so that its row stands in a group once and nothing has to be counted as distinct.
  const alerts = state
    .selectFrom('alerts')
    .$if('kind' in home, (joined) =>
      joined.leftJoin('alertValues as grouped', (join) =>
        join.onRef('grouped.alertId', '=', 'alerts.id').on('grouped.kind', '=', 'kind' in home ? home.kind : 'host'),
      ),
    )
    .where(meets(query))
    .groupBy(value)
    .select(value.as('value'));
  const counted = alerts.select((select) => [
    select.fn.countAll<number>().as('alerts'),
    countWhere('status', 'open').as('open'),
    select.fn.min<string>('alerts.firstSeen').as('firstSeen'),
    select.fn.max<string>('alerts.lastSeen').as('lastSeen'),
    ...VERDICTS.map((verdict) => countWhere('verdict', verdict).as(verdict)),
  ]);
  const onHosts = alerts
    .innerJoin('alertValues as host', (join) =>
      join.onRef('host.alertId', '=', 'alerts.id').on('host.kind', '=', 'host'),
    )
    .select((select) => select.fn.count<number>('host.value').distinct().as('hosts'));
  const groups = await state
    .selectFrom(counted.as('counted'))
    .leftJoin(onHosts.as('onHosts'), (join) =>
      join.on(sql<SqlBool>`${sql.ref('onHosts.value')} is ${sql.ref('counted.value')}`),
    )
    .selectAll('counted')
    .select(sql<number>`coalesce(${sql.ref('onHosts.hosts')}, 0)`.as('hosts'))
    .$if(query.order === 'most', (rows) => rows.orderBy('alerts', 'desc'))
    .$if(query.order === 'rarest', (rows) => rows.orderBy('hosts').orderBy('alerts'))
    .orderBy('lastSeen', 'desc')
    .orderBy('counted.value')
    .limit(query.limit)
    .execute();
  const { total } = await state
    .selectFrom(alerts.as('grouped'))
    .select((count) => count.fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow();
  return { groups: groups.map(groupOf), total };
}

const countWhere = (column: 'status' | 'verdict', value: string): RawBuilder<number> =>
  sql<number>`count(case when ${sql.ref(`alerts.${column}`)} = ${value} then 1 end)`;

function groupOf({
  value,
  alerts,
  open,
  hosts,
  firstSeen,
  lastSeen,
  ...counts
}: Omit<AlertGroup, 'verdicts'> & { readonly [verdict: string]: unknown }): AlertGroup {
  const verdicts: AlertGroup['verdicts'] = {};
  for (const verdict of VERDICTS) {
    const count = Number(counts[verdict] ?? 0);
    if (count > 0) verdicts[verdict] = count;
  }
  return { value, alerts, open, hosts, firstSeen, lastSeen, verdicts };
}
