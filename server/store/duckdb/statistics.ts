import type { StoreStatistics } from '#server/store/event-store.ts';
import type { Instant } from '#shared/base/time.ts';
import type { FieldCatalogue } from '#shared/event/field.ts';
import { aggregate, planBuilder } from '#shared/plan/build.ts';
import { EVENT_COLUMN, type Plan } from '#shared/plan/plan.ts';
import { type Row, type Scalar, valuesOf } from '#shared/plan/value.ts';
import { countOf } from './connection.ts';
import { nextNumber } from './load/numbers.ts';
import type { SessionSetting } from './run-plan.ts';
import { runPlan } from './run-plan.ts';

const HOST = 'host.id';
const TIMESTAMP = '@timestamp';

/** How much there is: counted once, and then only what has come since. */
export interface Statistics {
  of(setting: SessionSetting): Promise<StoreStatistics>;
}

/** What is known of the events before a number. */
interface Known {
  readonly next: number;
  readonly events: number;
  readonly hosts: ReadonlySet<Scalar>;
  readonly window: { readonly from: Instant; readonly to: Instant } | null;
}

const NOTHING: Known = { next: 0, events: 0, hosts: new Set(), window: null };

/** @param every all events, as SQL of a table; some of them may be there to be counted only */
export function rememberStatistics(every: string): Statistics {
  let known = NOTHING;
  return {
    of: async (asked) => {
      const setting = { ...asked, events: every };
      const seen = known;
      const [row] = await setting.session.rows(`SELECT count(*) AS events FROM ${every}`);
      const events = countOf(row?.['events']);
      const next = countOf(await nextNumber(setting.session));
      const grown = seen.next > next ? NOTHING : await grow(setting, seen, next);
      // Fewer than were counted: some were removed, and what is known of them as well.
      const found = grown.events === events ? grown : await grow(setting, NOTHING, next);
      if (found.next >= known.next) known = found;
      return { events: found.events, hosts: found.hosts.size, window: found.window };
    },
  };
}

async function grow(setting: SessionSetting, seen: Known, next: number): Promise<Known> {
  if (next <= seen.next) return seen;
  // A plan like any other, so that fields of several values count as they do elsewhere.
  const { rows } = await runPlan(setting, planFrom(seen.next, setting.catalogue), { now: 0 });
  const count = (name: string): number | null => numberIn(rows[0], name);
  return {
    next,
    events: seen.events + (count('events') ?? 0),
    hosts: new Set([...seen.hosts, ...valuesOf(rows[0]?.['hosts'] ?? null)]),
    window: spanning(seen.window, count('from'), count('to')),
  };
}

function planFrom(first: number, catalogue: FieldCatalogue): Plan {
  const { column } = planBuilder(catalogue);
  const hosts = catalogue.find(HOST) ? [aggregate('hosts', 'values', column(HOST))] : [];
  const isDate = catalogue.find(TIMESTAMP)?.type === 'date';
  const times = isDate ? [aggregate('from', 'min', column(TIMESTAMP)), aggregate('to', 'max', column(TIMESTAMP))] : [];
  return {
    steps: [
      {
        kind: 'filter',
        where: {
          kind: 'compare',
          operator: '>=',
          left: { kind: 'single', of: { kind: 'column', name: EVENT_COLUMN, type: 'long' } },
          right: { kind: 'literal', type: 'long', value: first },
        },
      },
      { kind: 'aggregate', aggregates: [aggregate('events', 'count'), ...hosts, ...times], keys: [] },
    ],
  };
}

function spanning(seen: Known['window'], from: Instant | null, to: Instant | null): Known['window'] {
  if (from === null || to === null) return seen;
  return { from: Math.min(seen?.from ?? from, from), to: Math.max(seen?.to ?? to, to) };
}

function numberIn(row: Row | undefined, name: string): number | null {
  const value = row?.[name];
  return typeof value === 'number' ? value : null;
}
