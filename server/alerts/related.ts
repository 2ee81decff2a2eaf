import { sql } from 'kysely';
import { chunksOf } from '#server/state/chunks.ts';
import type { StateReader } from '#server/state/open-state.ts';
import type { EventStore } from '#server/store/event-store.ts';
import type { Alert } from '#shared/alert/alert.ts';
import type { RELATIONS, RelatedAlerts } from '#shared/api/alerts.ts';
import { formatInstant, HOUR, parseInstant } from '#shared/base/time.ts';
import { readAlert, readEventIds } from './detail.ts';
import { alertOf, type StepCount } from './row.ts';

type Relation = (typeof RELATIONS)[number];
type Ended = RelatedAlerts['earlier'][number];

/** How near in time another alert of the same host or user belongs to the same story. */
const NEAR = HOUR;
/** Alerts of one relation. */
const MOST = 10;
/** Events of the process tree that are looked at. */
const LINEAGE = 500;

/** Earlier alerts about the same keys with how they ended; other alerts an analyst should know of, the closest first. */
export async function readRelated(
  state: StateReader,
  store: EventStore,
  stepCount: StepCount,
  id: string,
): Promise<RelatedAlerts> {
  const alert = await readAlert(state, stepCount, id);
  const earlier = (await sameKeys(state, id).execute()).map((row) => alertOf(row, stepCount));
  const found: readonly (readonly [Relation, readonly Alert[]])[] = [
    ['same process tree', await sameTree(state, store, stepCount, id)],
    ['same command shape', await sameShape(state, stepCount, alert)],
    ['same host', await nearby(state, stepCount, alert, 'host')],
    ['same user', await nearby(state, stepCount, alert, 'user')],
  ];
  const seen = new Set([id, ...earlier.map((other) => other.id)]);
  const related: RelatedAlerts['related'] = [];
  for (const [relation, alerts] of found) {
    for (const other of alerts) {
      if (seen.has(other.id)) continue;
      seen.add(other.id);
      related.push({ alert: other, relation });
    }
  }
  return { earlier: await Promise.all(earlier.map((other) => endOf(state, other))), related };
}

/** Newest first. */
const newest = (state: StateReader, but: string) =>
  state
    .selectFrom('alerts')
    .selectAll('alerts')
    .where('alerts.id', '!=', but)
    .orderBy('alerts.lastSeen', 'desc')
    .orderBy('alerts.id')
    .limit(MOST);

const sameKeys = (state: StateReader, id: string) =>
  newest(state, id).where('alerts.keysDigest', '=', (own) =>
    own.selectFrom('alerts as own').select('own.keysDigest').where('own.id', '=', id),
  );

async function sameShape(state: StateReader, stepCount: StepCount, { id, commandShape }: Alert): Promise<Alert[]> {
  if (commandShape === null) return [];
  const rows = await newest(state, id).where('alerts.commandShape', '=', commandShape).execute();
  return rows.map((row) => alertOf(row, stepCount));
}

/** Alerts on events of the same process tree. */
async function sameTree(state: StateReader, store: EventStore, stepCount: StepCount, id: string): Promise<Alert[]> {
  const numbers = await store.numbersOf(await readEventIds(state, id));
  const lineage = await store.lineage([...numbers.values()], LINEAGE);
  const events = [...(await store.idsOf([...lineage.numbers])).values()];
  const ids = new Set<string>();
  for (const chunk of chunksOf(events)) {
    const rows = await state.selectFrom('alertEvents').select('alertId').where('eventId', 'in', chunk).execute();
    for (const { alertId } of rows) ids.add(alertId);
  }
  ids.delete(id);
  const rows = await newest(state, id)
    .where('alerts.id', 'in', [...ids].slice(0, LINEAGE))
    .execute();
  return rows.map((row) => alertOf(row, stepCount));
}

/** Alerts of the same host, or the same user on it, around that time. */
async function nearby(state: StateReader, stepCount: StepCount, alert: Alert, kind: 'host' | 'user'): Promise<Alert[]> {
  const values = kind === 'host' ? alert.hosts : alert.users;
  const from = formatInstant((parseInstant(alert.firstSeen) ?? 0) - NEAR);
  const to = formatInstant((parseInstant(alert.lastSeen) ?? 0) + NEAR);
  const rows = await newest(state, alert.id)
    .where('alerts.lastSeen', '>=', from)
    .where('alerts.firstSeen', '<=', to)
    .where((where) =>
      where.exists(
        where
          .selectFrom('alertValues')
          .select(sql.lit(1).as('one'))
          .whereRef('alertValues.alertId', '=', 'alerts.id')
          .where('alertValues.kind', '=', kind)
          .where('alertValues.value', 'in', values),
      ),
    )
    .execute();
  return rows.map((row) => alertOf(row, stepCount));
}

/** How an alert ended: who closed it last, and the last that was noted on it. */
async function endOf(state: StateReader, alert: Alert): Promise<Ended> {
  const closing = await state
    .selectFrom('activity')
    .select(['actor as by', 'at'])
    .where('subject', '=', 'alert')
    .where('subjectId', '=', alert.id)
    .where('action', 'in', ['status', 'verdict', 'undo'])
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
    .executeTakeFirst();
  const note = await state
    .selectFrom('notes')
    .select('text')
    .where('alertId', '=', alert.id)
    .orderBy('id', 'desc')
    .executeTakeFirst();
  return { alert, closed: alert.status === 'closed' ? (closing ?? null) : null, note: note?.text ?? null };
}
