import { processTree } from '#server/investigate/tree.ts';
import type { StateReader } from '#server/state/open-state.ts';
import type { EventStore } from '#server/store/event-store.ts';
import type { ProcessNode, ProcessTree } from '#shared/tree/process.ts';
import { readAlert, readEventIds } from './detail.ts';

/** The lineage of an alert's processes; other alerts on the same hosts are marked in it. */
export async function readTree(
  state: StateReader,
  store: EventStore,
  id: string,
  budget: number,
): Promise<ProcessTree> {
  await readAlert(state, () => 0, id);
  const hosts = await state
    .selectFrom('alertValues')
    .select('value')
    .where('alertId', '=', id)
    .where('kind', '=', 'host')
    .execute();
  const marks = await alertsByEvent(
    state,
    hosts.map(({ value }) => value),
    id,
  );
  return processTree(store, await readEventIds(state, id), marks, budget);
}

/** The lineage of an event's process, with the alerts of its host. */
export async function readEventTree(
  state: StateReader,
  store: EventStore,
  event: { readonly id: string; readonly hosts: readonly string[] },
  budget: number,
): Promise<ProcessTree> {
  return processTree(store, [event.id], await alertsByEvent(state, event.hosts), budget);
}

async function alertsByEvent(
  state: StateReader,
  hosts: readonly string[],
  id = '',
): Promise<ReadonlyMap<string, ProcessNode['alerts']>> {
  const neighbours = state
    .selectFrom('alertValues')
    .select('alertId')
    .where('kind', '=', 'host')
    .where('value', 'in', hosts);
  const rows = await state
    .selectFrom('alertEvents')
    .innerJoin('alerts', 'alerts.id', 'alertEvents.alertId')
    .select(['alertEvents.eventId', 'alerts.id', 'alerts.ruleName', 'alerts.severity'])
    .where((where) => where.or([where('alerts.id', '=', id), where('alerts.id', 'in', neighbours)]))
    .execute();
  const byEvent = new Map<string, ProcessNode['alerts']>();
  for (const { eventId, ...alert } of rows) byEvent.set(eventId, [...(byEvent.get(eventId) ?? []), alert]);
  return byEvent;
}
