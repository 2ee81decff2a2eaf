import type { EventStore } from '#server/store/event-store.ts';
import { DAY, formatInstant, HOUR, type Instant, MINUTE, type Milliseconds, SECOND } from '#shared/base/time.ts';
import { aggregate, planBuilder } from '#shared/plan/build.ts';
import type { Expression } from '#shared/plan/expression.ts';
import type { Step } from '#shared/plan/plan.ts';
import { ask } from './ask.ts';
import { numberOf } from './summary.ts';

/** Bars a histogram aims at. */
const BARS = 60;
const BAR_WIDTHS: readonly Milliseconds[] = [
  SECOND,
  5 * SECOND,
  15 * SECOND,
  MINUTE,
  5 * MINUTE,
  15 * MINUTE,
  HOUR,
  3 * HOUR,
  6 * HOUR,
  DAY,
  7 * DAY,
];

/** Width of a bar so that a range has at most about `BARS` of them. */
export function barWidth(range: Milliseconds): Milliseconds {
  return BAR_WIDTHS.find((width) => range / width <= BARS) ?? Math.ceil(range / BARS / DAY) * DAY;
}

/** One bar of a histogram; bars without events are left out. */
export interface Bar {
  readonly at: string;
  readonly count: number;
}

/** How many of the source rows that these steps let through fall in each bar. */
export async function histogram(
  store: EventStore,
  steps: readonly Step[],
  { width, now, signal }: { readonly width: Milliseconds; readonly now: Instant; readonly signal?: AbortSignal },
): Promise<Bar[]> {
  const { single } = planBuilder(store.catalogue);
  const bucket: Expression = {
    kind: 'call',
    name: 'date_bucket',
    type: 'datetime',
    args: [single('@timestamp'), { kind: 'literal', type: 'span', value: width }],
  };
  const counted: Step[] = [
    { kind: 'aggregate', aggregates: [aggregate('count', 'count')], keys: [{ name: 'at', value: bucket }] },
    {
      kind: 'sort',
      by: [{ value: { kind: 'column', name: 'at', type: 'datetime' }, direction: 'ascending', nulls: 'last' }],
    },
  ];
  const rows = await ask(store, [...steps, ...counted], now, signal);
  return rows.map((row) => ({ at: formatInstant(numberOf(row['at']) ?? 0), count: numberOf(row['count']) ?? 0 }));
}
