import { allOf, type Expression, TRUE } from '#shared/plan/expression.ts';
import { replaceNodesOf } from '#shared/plan/map.ts';
import type { Plan, Step } from '#shared/plan/plan.ts';
import { conjunctsOf, eventConditions } from '#shared/rule/event-filter.ts';

/** The expression as text, the same for all that mean the same by their shape: where it stands in a query does not count. */
export const canonical = (expression: Expression): string =>
  JSON.stringify(expression, (key, value: unknown) =>
    key === SPAN ? undefined : typeof value === 'bigint' ? `${value}n` : value,
  );

const SPAN = 'span';

/** Whether two expressions, or parts of them, have the same canonical text; a difference is mostly found at once. */
function isSame(left: unknown, right: unknown): boolean {
  if (left === right) return true;
  if (!isTree(left) || !isTree(right)) return false;
  for (const key in left) if (key !== SPAN && !isSame(left[key], right[key])) return false;
  for (const key in right) if (key !== SPAN && !(key in left)) return false;
  return true;
}

const isTree = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;

/** Tells of a filter whether every event that a plan uses passes it. */
export type Implies = (filter: Expression) => boolean;

/**
 * What a plan asks of each event before it looks at several: all its conditions up to there must hold, so the plan uses no
 * event that fails one. A limit ends them as well: a condition behind it must not choose which events come before it.
 */
export function impliedBy({ steps }: Plan): Implies {
  const end = steps.findIndex(({ kind }) => kind === 'limit');
  const conditions = eventConditions(end === -1 ? steps : steps.slice(0, end));
  const holds = (filter: Expression): boolean => {
    if (conditions.some((condition) => isSame(condition, filter))) return true;
    if (filter.kind === 'or') return filter.operands.some(holds);
    return filter.kind === 'and' && conjunctsOf(filter).every(holds);
  };
  return holds;
}

/**
 * The conditions of which a filter lets events pass though it cannot tell whether they hold: of a condition `f or f is null`,
 * those that `f` is made of.
 */
export const openConditions = (filter: Expression): readonly Expression[] =>
  conjunctsOf(filter)
    .flatMap((condition) => (condition.kind === 'or' ? condition.operands : []))
    .flatMap((operand) => (operand.kind === 'is-null' ? conjunctsOf(operand.of) : []));

/** Whether every event that passes one filter passes the other, as far as their looks tell. */
export const isAmong = (filter: Expression, other: Expression): boolean =>
  impliedBy({ steps: [{ kind: 'filter', where: filter }] })(other);

/** What may be asked in place of a condition. */
export interface Known {
  readonly condition: Expression;
  readonly value: Expression;
}

/** What is true of every event that passes the filter. */
export const certainBy = (filter: Expression): readonly Known[] =>
  [filter, ...conjunctsOf(filter)].map((condition) => ({ condition, value: TRUE }));

/**
 * The plan with what is known in place of the conditions, as far as names are still those of the events' fields.
 * @param fields that the conditions read
 */
export function withKnown({ steps }: Plan, known: readonly Known[], fields: ReadonlySet<string>): Plan {
  const end = steps.findIndex((step) => !keepsNames(step, fields));
  // Of columns that one step derives, later ones see earlier ones: what it redefines is not known any more.
  const isAsked = (index: number, { kind }: Step): boolean =>
    end === -1 || index < end || (index === end && kind === 'aggregate');
  const replace = (node: Expression): Expression | null =>
    known.find(({ condition }) => isSame(condition, node))?.value ?? null;
  return {
    steps: steps.flatMap((step, index) => {
      const replaced = isAsked(index, step) ? replaceNodesOf(step, replace) : step;
      return replaced.kind === 'filter' ? withoutTrue(replaced) : [replaced];
    }),
  };
}

function withoutTrue(step: Step & { readonly kind: 'filter' }): readonly Step[] {
  const left = conjunctsOf(step.where).filter((condition) => condition !== TRUE);
  return left.length === 0 ? [] : [{ ...step, where: allOf(left) }];
}

/** Whether the columns of these fields hold behind the step what they did before. */
function keepsNames(step: Step, fields: ReadonlySet<string>): boolean {
  switch (step.kind) {
    case 'filter':
    case 'keep':
    case 'drop':
    case 'ticks':
      return true;
    case 'derive':
      return step.columns.every(({ name }) => !fields.has(name));
    default:
      return false;
  }
}
