import { allOf, type Expression } from '#shared/plan/expression.ts';
import { mapExpression } from '#shared/plan/map.ts';
import { EVENT_COLUMN, isHidden, type Plan, type Step } from '#shared/plan/plan.ts';
import { conjunctsOf, eventConditions } from '#shared/rule/event-filter.ts';

/** The expression as text, the same for all that mean the same by their shape: where it stands in a query does not count. */
export const canonical = (expression: Expression): string =>
  JSON.stringify(
    mapExpression(expression, ({ span: _span, ...node }) => node as Expression),
    (_key, value: unknown) => (typeof value === 'bigint' ? `${value}n` : value),
  );

/** Tells of a filter whether every event that a plan uses passes it. */
export type Implies = (filter: Expression) => boolean;

/**
 * What a plan asks of each event before it looks at several: all its conditions up to there must hold, so the plan uses no
 * event that fails one. A limit ends them as well: a condition behind it must not choose which events come before it.
 */
export function impliedBy({ steps }: Plan): Implies {
  const end = steps.findIndex(({ kind }) => kind === 'limit');
  const conditions = new Set(eventConditions(end === -1 ? steps : steps.slice(0, end)).map(canonical));
  const holds = (filter: Expression): boolean => {
    if (conditions.has(canonical(filter))) return true;
    if (filter.kind === 'or') return filter.operands.some(holds);
    return filter.kind === 'and' && conjunctsOf(filter).every(holds);
  };
  return holds;
}

/**
 * The plan without conditions that every event it is asked over passes by passing the filter: what is known need not be
 * looked at again. Only conditions that stand where names are still those of the events' fields are told by their looks.
 */
export function withoutKnown(plan: Plan, filter: Expression): Plan {
  const known = new Set([filter, ...conjunctsOf(filter)].map(canonical));
  const end = plan.steps.findIndex((step) => !keepsNames(step));
  const steps = plan.steps.flatMap((step, index): readonly Step[] => {
    if (step.kind !== 'filter' || (end !== -1 && index > end)) return [step];
    const left = conjunctsOf(step.where).filter((condition) => !known.has(canonical(condition)));
    return left.length === 0 ? [] : [{ ...step, where: allOf(left) }];
  });
  return { ...plan, steps };
}

/** Whether columns after the step hold what they did before, rows too. */
const keepsNames = (step: Step): boolean =>
  step.kind === 'filter' ||
  step.kind === 'keep' ||
  step.kind === 'ticks' ||
  (step.kind === 'derive' && step.columns.every(({ name }) => isHidden(name)));

/** Numbers of the events that a plan is about, where its first condition names them; null where it does not. */
export function numbersNamed({ steps: [first] }: Plan): ReadonlySet<number> | null {
  if (first?.kind !== 'filter') return null;
  for (const condition of conjunctsOf(first.where)) {
    if (condition.kind !== 'in' || !isNumber(condition.value)) continue;
    const numbers = condition.items.map((item) => (item.kind === 'literal' ? Number(item.value) : Number.NaN));
    return numbers.every(Number.isSafeInteger) ? new Set(numbers) : null;
  }
  return null;
}

const isNumber = (value: Expression): boolean =>
  value.kind === 'single' && value.of.kind === 'column' && value.of.name === EVENT_COLUMN;
