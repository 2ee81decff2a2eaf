import type { EventStore } from '#server/store/event-store.ts';
import type { Instant } from '#shared/base/time.ts';
import { planBuilder } from '#shared/plan/build.ts';
import { allOf, type Expression } from '#shared/plan/expression.ts';
import type { Step } from '#shared/plan/plan.ts';
import type { Row } from '#shared/plan/value.ts';

/** A stretch of event time, both ends inclusive; an absent end is open. */
export interface TimeRange {
  readonly from?: Instant | undefined;
  readonly to?: Instant | undefined;
}

/** Rows of a plan that the program itself made. */
export async function ask(
  store: EventStore,
  steps: readonly Step[],
  now: Instant,
  signal?: AbortSignal,
): Promise<readonly Row[]> {
  const result = await store.run({ steps }, { now, ...(signal && { signal }) });
  return result.rows;
}

/** Events of a time range, as a condition. */
export function within(store: EventStore, range: TimeRange): Expression {
  const build = planBuilder(store.catalogue);
  const bounds: Expression[] = [];
  if (range.from !== undefined)
    bounds.push(build.compareField('@timestamp', '>=', { kind: 'literal', type: 'datetime', value: range.from }));
  if (range.to !== undefined)
    bounds.push(build.compareField('@timestamp', '<=', { kind: 'literal', type: 'datetime', value: range.to }));
  return allOf(bounds);
}
