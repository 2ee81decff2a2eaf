import type { Milliseconds } from '#shared/base/time.ts';
import { type Step, TICK_COLUMN, type Ticks } from '#shared/plan/plan.ts';
import { instantLiteral, integerLiteral } from '../sql/literal.ts';
import { one, singleOf } from './cell.ts';
import { compileCell } from './expression.ts';
import { fresh, put, type Relation, scopeOf, selecting } from './relation.ts';

type TicksStep = Step & { readonly kind: 'ticks' };

/**
 * One row per event and run that sees it, in one pass: the runs that see an event at `t` are those at ticks from `t` to
 * `t + window`, which is arithmetic, not a join. A single run sees each of them once.
 */
export function ticksStep(relation: Relation, { ticks, window, time }: TicksStep): Relation {
  const at = singleOf(compileCell(time, scopeOf(relation)));
  const seen = selecting(relation, (from) => `SELECT * FROM ${from} WHERE ${isSeen(ticks, window, at)}`);
  if (ticks.first === ticks.last) {
    const columns = put(seen.columns, TICK_COLUMN, one('datetime', instantLiteral(ticks.last)));
    return { ...seen, columns, tick: ticks.last };
  }
  const [tick, named] = fresh(seen);
  const runs = `unnest(${runsSeeing(at, ticks, window)})`;
  const spread = selecting(named, (from) => `SELECT *, epoch_ms(${runs}) AS ${tick} FROM ${from}`);
  return {
    ...spread,
    columns: put(spread.columns, TICK_COLUMN, one('datetime', tick)),
    order: [tick, ...relation.order],
  };
}

function runsSeeing(at: string, ticks: Ticks, window: Milliseconds): string {
  const milliseconds = `epoch_ms(${at})`;
  return ticksBetween(ticks, milliseconds, `${milliseconds} + ${integerLiteral(window)}`);
}

/** Whether any run can see the time: a range that lets the engine skip stretches of the table. */
const isSeen = ({ first, last }: Ticks, window: Milliseconds, at: string): string =>
  `${at} BETWEEN epoch_ms(${integerLiteral(first - window)}) AND epoch_ms(${integerLiteral(last)})`;

/** The ticks between two times (SQL of epoch milliseconds, both inclusive) as a list, in epoch milliseconds. */
export function ticksBetween({ first, last, interval }: Ticks, from: string, to: string): string {
  const [start, end, step] = [integerLiteral(first), integerLiteral(last), integerLiteral(interval)];
  const late = `greatest(${from} - ${start}, 0)`;
  const firstSeen = `${start} + (${late} + ${step} - 1) // ${step} * ${step}`;
  return `generate_series(${firstSeen}, least(${to}, ${end}), ${step})`;
}
