import type { Instant } from '#shared/base/time.ts';
import type { Expression } from '#shared/plan/expression.ts';
import { type Step, TICK_COLUMN, type Ticks } from '#shared/plan/plan.ts';
import { valuesOf } from '#shared/plan/value.ts';
import type { Cells } from './cells.ts';
import { evaluate, type Scope } from './expression.ts';

/** The times of the runs, in order. */
export function ticksOf({ first, last, interval }: Ticks): readonly Instant[] {
  const ticks: Instant[] = [];
  for (let tick = first; tick <= last; tick += interval) ticks.push(tick);
  return ticks;
}

export interface TimedRow {
  readonly row: Cells;
  readonly time: Instant;
}

/** Rows with their time, in the order given; a row without one time is in no window. */
export function timedRows(
  rows: readonly Cells[],
  time: Expression,
  scope: Scope,
  nextRow: () => void,
): readonly TimedRow[] {
  return rows.flatMap((row) => {
    nextRow();
    const [instant, ...more] = valuesOf(evaluate(time, row, scope));
    return instant === undefined || more.length > 0 ? [] : [{ row, time: Number(instant) }];
  });
}

/** Whether an event belongs to a run: both ends do (elastic/kibana `rule_types/utils/build_events_query`). */
export const isBetween = (time: Instant, from: Instant, to: Instant): boolean => from <= time && time <= to;

/** One row per run and event that it sees, run by run. */
export function rowsAtTicks(
  step: Step & { readonly kind: 'ticks' },
  rows: readonly Cells[],
  scope: Scope,
  nextRow: () => void,
): readonly Cells[] {
  const timed = timedRows(rows, step.time, scope, nextRow);
  return ticksOf(step.ticks).flatMap((tick) =>
    timed
      .filter(({ time }) => isBetween(time, tick - step.window, tick))
      .map(({ row }) => new Map([...row].filter(([name]) => name !== TICK_COLUMN)).set(TICK_COLUMN, tick)),
  );
}
