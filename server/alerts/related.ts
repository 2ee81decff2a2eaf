import { sql } from 'kysely';
import type { StateReader } from '#server/state/open-state.ts';
import type { Alert } from '#shared/alert/alert.ts';
import { formatInstant, HOUR, parseInstant } from '#shared/base/time.ts';
import { alertOf, type StepCount } from './row.ts';

/** How near in time another alert of the same host belongs to the same story. */
const NEAR = HOUR;
const MOST = 20;

/**
 * Other alerts an analyst should know of: the same thing seen before, the same command shape anywhere, and whatever else
 * alerted on the same hosts around that time; in that order, then newest first.
 */
export async function readRelated(state: StateReader, stepCount: StepCount, alert: Alert): Promise<Alert[]> {
  const from = formatInstant((parseInstant(alert.firstSeen) ?? 0) - NEAR);
  const to = formatInstant((parseInstant(alert.lastSeen) ?? 0) + NEAR);
  const own = state.selectFrom('alerts as own').select('own.keysDigest').where('own.id', '=', alert.id);
  const sameKeys = sql<boolean>`${sql.ref('alerts.keysDigest')} = (${own})`;
  const sameShape = sql<boolean>`${sql.ref('alerts.commandShape')} = ${alert.commandShape}`;
  const rows = await state
    .selectFrom('alerts')
    .selectAll('alerts')
    .where('alerts.id', '!=', alert.id)
    .where((where) =>
      where.or([
        sameKeys,
        sameShape,
        where.and([
          where('alerts.lastSeen', '>=', from),
          where('alerts.firstSeen', '<=', to),
          where.exists(
            where
              .selectFrom('alertValues')
              .select('alertValues.value')
              .whereRef('alertValues.alertId', '=', 'alerts.id')
              .where('alertValues.kind', '=', 'host')
              .where('alertValues.value', 'in', alert.hosts),
          ),
        ]),
      ]),
    )
    .orderBy(sql`case when ${sameKeys} then 0 when ${sameShape} then 1 else 2 end`)
    .orderBy('alerts.lastSeen', 'desc')
    .limit(MOST)
    .execute();
  return rows.map((row) => alertOf(row, stepCount));
}
