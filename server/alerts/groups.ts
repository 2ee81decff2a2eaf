import { type RawBuilder, sql } from 'kysely';
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
  const grouped = state
    .selectFrom('alerts')
    .leftJoin('alertValues as host', (join) =>
      join.onRef('host.alertId', '=', 'alerts.id').on('host.kind', '=', 'host'),
    )
    .$if('kind' in home, (joined) =>
      joined.leftJoin('alertValues as grouped', (join) =>
        join.onRef('grouped.alertId', '=', 'alerts.id').on('grouped.kind', '=', 'kind' in home ? home.kind : 'host'),
      ),
    )
    .where(meets(query))
    .groupBy(value)
    .select((select) => [
      value.as('value'),
      select.fn.count<number>('alerts.id').distinct().as('alerts'),
      countWhere('status', 'open').as('open'),
      select.fn.count<number>('host.value').distinct().as('hosts'),
      select.fn.min<string>('alerts.firstSeen').as('firstSeen'),
      select.fn.max<string>('alerts.lastSeen').as('lastSeen'),
      ...VERDICTS.map((verdict) => countWhere('verdict', verdict).as(verdict)),
    ]);
  const groups = await grouped
    .$if(query.order === 'most', (rows) => rows.orderBy('alerts', 'desc'))
    .$if(query.order === 'rarest', (rows) => rows.orderBy('hosts').orderBy('alerts'))
    .orderBy('lastSeen', 'desc')
    .orderBy('value')
    .limit(query.limit)
    .execute();
  const { total } = await state
    .selectFrom(grouped.as('grouped'))
    .select((count) => count.fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow();
  return { groups: groups.map(groupOf), total };
}

const countWhere = (column: 'status' | 'verdict', value: string): RawBuilder<number> =>
  sql<number>`count(distinct case when ${sql.ref(`alerts.${column}`)} = ${value} then ${sql.ref('alerts.id')} end)`;

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
