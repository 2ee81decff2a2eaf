import type { EventStore, RunOptions } from '#server/store/event-store.ts';
import { aggregate } from '#shared/plan/build.ts';
import type { Expression } from '#shared/plan/expression.ts';
import type { TimeRange } from './ticks.ts';

/** From the least to the greatest time of the events that meet a condition; null where none does. */
export async function timesOf(
  store: EventStore,
  { time, where }: { readonly time: Expression; readonly where: Expression },
  options: RunOptions,
): Promise<TimeRange | null> {
  const aggregates = [aggregate('from', 'min', time), aggregate('to', 'max', time)];
  const { rows } = await store.run(
    {
      steps: [
        { kind: 'filter', where },
        { kind: 'aggregate', aggregates, keys: [] },
      ],
    },
    options,
  );
  const { from, to } = rows[0] ?? {};
  return typeof from === 'number' && typeof to === 'number' ? { from, to } : null;
}
