import { sql } from 'kysely';
import type * as z from 'zod';
import type { StateReader } from '#server/state/open-state.ts';
import type { alertHistogram } from '#shared/api/alerts.ts';
import { DAY, formatInstant, HOUR, type Instant, MINUTE, type Milliseconds, parseInstant } from '#shared/base/time.ts';
import { meets } from './filter.ts';

type Histogram = z.output<typeof alertHistogram.response>;

/** Lengths a reader can name. */
const LENGTHS: readonly Milliseconds[] = [
  ...[1, 2, 5, 10, 15, 30].map((minutes) => minutes * MINUTE),
  ...[1, 2, 3, 6, 12].map((hours) => hours * HOUR),
  ...[1, 2, 7, 14, 30, 90, 365].map((days) => days * DAY),
];

interface Minute {
  readonly at: Instant;
  readonly rule: string;
  readonly alerts: number;
}

/**
 * Alerts per time bucket and rule, by last seen. The database counts by minute (what the first 16 characters of a stored
 * time name), which is the shortest bucket; empty buckets between are there.
 */
export async function readHistogram(
  state: StateReader,
  query: z.output<typeof alertHistogram.query>,
): Promise<Histogram> {
  const minute = sql<string>`substr(${sql.ref('alerts.lastSeen')}, 1, 16)`;
  const rows = await state
    .selectFrom('alerts')
    .where(meets(query))
    .groupBy([minute, 'alerts.rule'])
    .select((select) => [minute.as('minute'), 'alerts.rule', select.fn.countAll<number>().as('alerts')])
    .execute();
  const minutes = rows.map((row) => ({ at: Date.parse(`${row.minute}:00Z`), rule: row.rule, alerts: row.alerts }));
  return bucketed(minutes, rangeOf(minutes, query), query.buckets);
}

function rangeOf(minutes: readonly Minute[], query: { from?: string | undefined; to?: string | undefined }) {
  const bounds = [query.from, query.to].map((text) => (text === undefined ? null : parseInstant(text)));
  const times = [...minutes.map((minute) => minute.at), ...bounds.filter((bound) => bound !== null)];
  return times.reduce<{ from: Instant; to: Instant } | null>(
    (range, at) => (range ? { from: Math.min(range.from, at), to: Math.max(range.to, at) } : { from: at, to: at }),
    null,
  );
}

function bucketed(minutes: readonly Minute[], range: { from: Instant; to: Instant } | null, most: number): Histogram {
  if (range === null || minutes.length === 0) return { bucketMs: MINUTE, buckets: [] };
  const bucketMs = lengthFor(range.from, range.to, most);
  const startOf = (at: Instant): Instant => Math.floor(at / bucketMs) * bucketMs;
  const buckets = new Map<Instant, Record<string, number>>();
  for (let at = startOf(range.from); at <= range.to; at += bucketMs) buckets.set(at, {});
  for (const { at, rule, alerts } of minutes) {
    const counts = buckets.get(startOf(at));
    if (counts) counts[rule] = (counts[rule] ?? 0) + alerts;
  }
  return { bucketMs, buckets: [...buckets].map(([at, counts]) => ({ at: formatInstant(at), counts })) };
}

/** The shortest nameable length that covers the range in at most so many aligned buckets. */
function lengthFor(from: Instant, to: Instant, most: number): Milliseconds {
  const needed = (length: Milliseconds): number => Math.floor(to / length) - Math.floor(from / length) + 1;
  return (
    LENGTHS.find((length) => needed(length) <= most) ?? Math.ceil((to - from + DAY) / DAY / Math.max(1, most - 1)) * DAY
  );
}
