import { type RawBuilder, type SqlBool, sql } from 'kysely';
import type * as z from 'zod';
import type { StateReader } from '#server/state/open-state.ts';
import { verdictSchema } from '#shared/alert/alert.ts';
import type { AlertGroup, groupAlerts } from '#shared/api/alerts.ts';
import { FIELD_HOMES, meets } from './filter.ts';

const VERDICTS = verdictSchema.options;

/** Lists of an alert's values, as its row has them. */
const LISTS = { host: 'hosts', user: 'users', tag: 'tags' } as const;

/**
 * Alerts by one property. An alert of two hosts counts in both hosts' groups.
 *
 * The alerts are read once, into a cell for each value and set of hosts; those are few, and all else is counted on them.
 */
export async function readGroups(
  state: StateReader,
  query: z.output<typeof groupAlerts.query>,
): Promise<z.output<typeof groupAlerts.response>> {
  const home = FIELD_HOMES[query.by];
  const grouped = sql.ref<string | null>(`alerts.${'column' in home ? home.column : LISTS[home.kind]}`);
  const groups = await state
    .with(
      (cte) => cte('cells').materialized(),
      (db) =>
        db
          .selectFrom('alerts')
          .where(meets(query))
          .groupBy([grouped, 'alerts.hosts'])
          .select((select) => [
            grouped.as('grouped'),
            'alerts.hosts',
            select.fn.countAll<number>().as('alerts'),
            countWhere('status', 'open').as('open'),
            select.fn.min<string>('alerts.firstSeen').as('firstSeen'),
            select.fn.max<string>('alerts.lastSeen').as('lastSeen'),
            ...VERDICTS.map((verdict) => countWhere('verdict', verdict).as(verdict)),
          ]),
    )
    .with(
      (cte) => cte('valued').materialized(),
      (db) =>
        'column' in home
          ? db.selectFrom('cells').selectAll('cells').select('cells.grouped as value')
          : db
              .selectFrom('cells')
              .leftJoin(eachOf('cells.grouped').as('each'), (join) => join.onTrue())
              .selectAll('cells')
              .select('each.value'),
    )
    .with('counted', (db) =>
      db
        .selectFrom('valued')
        .groupBy('valued.value')
        .select((select) => [
          'valued.value',
          select.fn.sum<number>('valued.alerts').as('alerts'),
          select.fn.sum<number>('valued.open').as('open'),
          select.fn.min<string>('valued.firstSeen').as('firstSeen'),
          select.fn.max<string>('valued.lastSeen').as('lastSeen'),
          ...VERDICTS.map((verdict) => select.fn.sum<number>(`valued.${verdict}`).as(verdict)),
        ]),
    )
    .with('onHosts', (db) =>
      db
        .selectFrom('valued')
        .innerJoin(eachOf('valued.hosts').as('host'), (join) => join.onTrue())
        .groupBy('valued.value')
        .select((select) => ['valued.value', select.fn.count<number>('host.value').distinct().as('hosts')]),
    )
    .selectFrom('counted')
    .leftJoin('onHosts', (join) => join.on(sql<SqlBool>`${sql.ref('onHosts.value')} is ${sql.ref('counted.value')}`))
    .selectAll('counted')
    .select([
      sql<number>`coalesce(${sql.ref('onHosts.hosts')}, 0)`.as('hosts'),
      sql<number>`count(*) over ()`.as('total'),
    ])
    .$if(query.order === 'most', (rows) => rows.orderBy('alerts', 'desc'))
    .$if(query.order === 'rarest', (rows) => rows.orderBy('hosts').orderBy('alerts'))
    .orderBy('lastSeen', 'desc')
    .orderBy('counted.value')
    .limit(query.limit)
    .execute();
  return { groups: groups.map(groupOf), total: groups[0]?.total ?? 0 };
}

/** The values of a JSON list, a row each. */
const eachOf = (list: string): RawBuilder<{ readonly value: string | null }> => sql`json_each(${sql.ref(list)})`;

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
