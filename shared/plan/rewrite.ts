import { assert } from '#shared/base/assert.ts';
import type { Diagnostic } from '#shared/base/diagnostic.ts';
import type { Milliseconds } from '#shared/base/time.ts';
import type { Expression } from './expression.ts';
import { mapExpressions } from './map.ts';
import { type Plan, type Step, TICK_COLUMN, type Ticks } from './plan.ts';

export { withEvents } from './evidence.ts';

const TICK: Expression = { kind: 'column', name: TICK_COLUMN, type: 'datetime' };
const SINGLE_TICK: Expression = { kind: 'single', of: TICK };

export interface Schedule {
  readonly ticks: Ticks;
  /** How far each run looks back; both ends belong to it. */
  readonly window: Milliseconds;
  /** The time of an event, over source columns: `single(@timestamp)`, or another field with that to fall back on. */
  readonly time: Expression;
}

/**
 * The plan as a schedule runs it, all runs in one: each event enters once per run that sees it, `now` is the run's time,
 * and whatever looks at several rows (groups, order, limits) stays within a run. For plans that read events themselves; a
 * `new-terms` step has its own ticks.
 */
export function atTicks(plan: Plan, schedule: Schedule): Plan {
  assert(
    plan.steps.every((step) => step.kind !== 'ticks' && step.kind !== 'new-terms'),
    'a plan is put at ticks once',
  );
  const { steps } = mapExpressions(plan, (node) => (node.kind === 'now' ? SINGLE_TICK : node));
  return { ...plan, steps: [{ kind: 'ticks', ...schedule }, ...steps.map(perTick)] };
}

function perTick(step: Step): Step {
  switch (step.kind) {
    case 'aggregate':
      return { ...step, keys: [{ name: TICK_COLUMN, value: TICK }, ...step.keys] };
    case 'inline-aggregate':
      return { ...step, by: [TICK_COLUMN, ...step.by] };
    case 'sort':
      return { ...step, by: [{ value: SINGLE_TICK, direction: 'ascending', nulls: 'last' }, ...step.by] };
    case 'limit':
      return { ...step, per: [TICK_COLUMN, ...(step.per ?? [])] };
    default:
      return step;
  }
}

/**
 * What a schedule cannot run as the language says: a total without keys is one row even of nothing, but a run that sees no
 * event has no rows here.
 */
export function scheduleWarnings(plan: Plan): readonly Diagnostic[] {
  const total = plan.steps.some((step) => step.kind === 'aggregate' && step.keys.length === 0);
  if (!total) return [];
  return [
    {
      code: 'total-of-nothing',
      severity: 'warning',
      message: 'STATS without BY gives no row, and so no alert, for a run whose window holds no events.',
    },
  ];
}

/**
 * The plan over only those events where the filter, over source columns, is true. It stands before every step that looks
 * at events, as Elastic's exceptions do (elastic/kibana `rule_types/esql`): columns may be renamed or gone further on.
 */
export function insertBeforeAggregate(plan: Plan, where: Expression): Plan {
  const at = plan.steps[0]?.kind === 'ticks' ? 1 : 0;
  return { ...plan, steps: [...plan.steps.slice(0, at), { kind: 'filter', where }, ...plan.steps.slice(at)] };
}

/**
 * The plan with only those of its rows where the filter, over its result columns, is true. Rows that fall out make room: the
 * filter stands before a closing SORT and LIMIT, so that they do not count towards the limit.
 */
export function appendFilter(plan: Plan, where: Expression): Plan {
  const at = plan.steps.findLastIndex((step) => step.kind !== 'sort' && step.kind !== 'limit') + 1;
  return { ...plan, steps: [...plan.steps.slice(0, at), { kind: 'filter', where }, ...plan.steps.slice(at)] };
}
