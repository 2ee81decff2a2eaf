import type { Expression } from './expression.ts';
import {
  type Aggregate,
  EVENT_COLUMN,
  EVENTS_COLUMN,
  FIRST_COLUMN,
  LAST_COLUMN,
  type NamedExpression,
  type Plan,
  type Step,
} from './plan.ts';
import { columnHolding, type Provenance, provenanceAfter, SOURCE } from './provenance.ts';
import type { ValueType } from './value.ts';

const TIMESTAMP = '@timestamp';
/** Keeps the time of an event past steps that drop or change `@timestamp`. */
const TIME_COLUMN = '$time';

/**
 * The plan with `$events`, `$first` and `$last` in its rows: the numbers of the source events behind a row, and their first
 * and last `@timestamp`. An aggregate collects them; one over rows that are groups already takes the union of theirs. A
 * plan that groups nothing has the one event of each row. `new-terms` brings them itself.
 */
export function withEvents(plan: Plan): Plan {
  const first = plan.steps.findIndex((step) => step.kind === 'aggregate' || step.kind === 'new-terms');
  if (first === -1) return { ...plan, steps: addAfterTicks(plan.steps, OWN_EVENT) };
  const grouped = plan.steps[first];
  const rest = plan.steps
    .slice(first + 1)
    .map((step) => (step.kind === 'aggregate' ? withAggregates(step, UNION) : step));
  if (grouped?.kind !== 'aggregate') return { ...plan, steps: [...plan.steps.slice(0, first + 1), ...rest] };

  const before = plan.steps.slice(0, first);
  const held = columnHolding(before.reduce<Provenance>(provenanceAfter, SOURCE), TIMESTAMP);
  const collected = withAggregates(grouped, collect(held ?? TIME_COLUMN));
  const kept =
    held === null ? addAfterTicks(before, [{ name: TIME_COLUMN, value: column(TIMESTAMP, 'datetime') }]) : before;
  return { ...plan, steps: [...kept, collected, ...rest] };
}

const column = (name: string, type: ValueType): Expression => ({ kind: 'column', name, type });

const aggregate = (name: string, fn: Aggregate['function'], of: Expression | null): Aggregate => ({
  name,
  function: fn,
  of,
  where: null,
});

const OWN_EVENT: readonly NamedExpression[] = [
  { name: EVENTS_COLUMN, value: column(EVENT_COLUMN, 'long') },
  { name: FIRST_COLUMN, value: column(TIMESTAMP, 'datetime') },
  { name: LAST_COLUMN, value: column(TIMESTAMP, 'datetime') },
];

const collect = (time: string): readonly Aggregate[] => [
  aggregate(EVENTS_COLUMN, 'events', null),
  aggregate(FIRST_COLUMN, 'min', column(time, 'datetime')),
  aggregate(LAST_COLUMN, 'max', column(time, 'datetime')),
];

const UNION: readonly Aggregate[] = [
  aggregate(EVENTS_COLUMN, 'values', column(EVENTS_COLUMN, 'long')),
  aggregate(FIRST_COLUMN, 'min', column(FIRST_COLUMN, 'datetime')),
  aggregate(LAST_COLUMN, 'max', column(LAST_COLUMN, 'datetime')),
];

const withAggregates = (step: Step & { readonly kind: 'aggregate' }, hidden: readonly Aggregate[]): Step => ({
  ...step,
  aggregates: [...step.aggregates, ...hidden],
});

function addAfterTicks(steps: readonly Step[], columns: readonly NamedExpression[]): readonly Step[] {
  const at = steps[0]?.kind === 'ticks' ? 1 : 0;
  return [...steps.slice(0, at), { kind: 'derive', columns }, ...steps.slice(at)];
}
