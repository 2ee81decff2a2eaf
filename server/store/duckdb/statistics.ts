import type { StoreStatistics } from '#server/store/event-store.ts';
import type { FieldCatalogue } from '#shared/event/field.ts';
import { aggregate, planBuilder } from '#shared/plan/build.ts';
import type { Plan } from '#shared/plan/plan.ts';
import type { Row } from '#shared/plan/value.ts';
import type { SessionSetting } from './run-plan.ts';
import { runPlan } from './run-plan.ts';

const HOST = 'host.id';
const TIMESTAMP = '@timestamp';

/** How much there is: a plan like any other, so that fields of several values count as they do elsewhere. */
export async function statisticsOf(setting: SessionSetting): Promise<StoreStatistics> {
  const { rows } = await runPlan(setting, planFor(setting.catalogue), { now: 0 });
  const count = (name: string): number | null => numberIn(rows[0], name);
  const [from, to] = [count('from'), count('to')];
  return {
    events: count('events') ?? 0,
    hosts: count('hosts') ?? 0,
    window: from === null || to === null ? null : { from, to },
  };
}

function planFor(catalogue: FieldCatalogue): Plan {
  const { column } = planBuilder(catalogue);
  const hosts = catalogue.find(HOST) ? [aggregate('hosts', 'count-distinct', column(HOST))] : [];
  const isDate = catalogue.find(TIMESTAMP)?.type === 'date';
  const times = isDate ? [aggregate('from', 'min', column(TIMESTAMP)), aggregate('to', 'max', column(TIMESTAMP))] : [];
  return { steps: [{ kind: 'aggregate', aggregates: [aggregate('events', 'count'), ...hosts, ...times], keys: [] }] };
}

function numberIn(row: Row | undefined, name: string): number | null {
  const value = row?.[name];
  return typeof value === 'number' ? value : null;
}
