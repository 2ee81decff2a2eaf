import { aggregate } from '#shared/plan/build.ts';
import { allOf, anyOf, type Expression } from '#shared/plan/expression.ts';
import type { Plan } from '#shared/plan/plan.ts';
import type { ValueType } from '#shared/plan/value.ts';
import { visitExpression } from '#shared/plan/walk.ts';
import { conjunctsOf } from './event-filter.ts';

/** Why a rule could not judge an event, in words, and the events it is true of. */
export interface Doubt {
  /** `host.id is missing`, `event.action has several values`. */
  readonly reason: string;
  readonly where: Expression;
}

interface SourceField {
  readonly name: string;
  readonly type: ValueType;
}

const column = ({ name, type }: SourceField): Expression => ({ kind: 'column', name, type });
const isNull = (of: Expression): Expression => ({ kind: 'is-null', of });
const missing = (field: SourceField): Expression => isNull(column(field));
const several = (field: SourceField): Expression => ({
  kind: 'compare',
  operator: '>',
  left: { kind: 'call', name: 'mv_count', type: 'long', args: [column(field)] },
  right: { kind: 'literal', type: 'long', value: 1 },
});

/**
 * Events for which a filter is neither true nor false, by cause. The cause is a field without exactly one value in a
 * condition that became null over it; a condition that another field decides has no doubts.
 */
export function doubtsOf(filter: Expression): readonly Doubt[] {
  const conditions = new Map<string, { readonly field: SourceField; readonly undecided: Expression[] }>();
  for (const condition of conjunctsOf(filter)) {
    for (const field of singleFields(condition)) {
      const entry = conditions.get(field.name) ?? { field, undecided: [] };
      entry.undecided.push(isNull(condition));
      conditions.set(field.name, entry);
    }
  }
  const undecided = isNull(filter);
  return [...conditions.values()].flatMap(({ field, undecided: here }) => [
    { reason: `${field.name} is missing`, where: allOf([undecided, anyOf(here), missing(field)]) },
    { reason: `${field.name} has several values`, where: allOf([undecided, anyOf(here), several(field)]) },
  ]);
}

/** Events that pass a filter and lack a field they are to be known by. */
export const lacking = (fields: readonly SourceField[]): readonly Doubt[] =>
  fields.map((field) => ({ reason: `${field.name} is missing`, where: missing(field) }));

/** Fields that a condition wants exactly one value of. */
function singleFields(condition: Expression): readonly SourceField[] {
  const fields = new Map<string, SourceField>();
  visitExpression(condition, (node) => {
    if (node.kind === 'single' && node.of.kind === 'column') fields.set(node.of.name, node.of);
  });
  return [...fields.values()];
}

export const MATCHED_COLUMN = 'matched';

/**
 * One row: how many events of a stretch of time pass the filter (`matched`), and per doubt, by its number, how many it is
 * about. `within` is the stretch, as a condition.
 */
export function countingPlan(filter: Expression, doubts: readonly Doubt[], within: Expression): Plan {
  const undecided = doubts.length > 0 ? [isNull(filter)] : [];
  return {
    steps: [
      { kind: 'filter', where: within },
      // Counting looks at each doubt in turn: better only for the few events that are left.
      { kind: 'filter', where: anyOf([filter, ...undecided]) },
      {
        kind: 'aggregate',
        keys: [],
        aggregates: [
          aggregate(MATCHED_COLUMN, 'count', null, filter),
          ...doubts.map(({ where }, index) => aggregate(doubtColumn(index), 'count', null, where)),
        ],
      },
    ],
  };
}

export const doubtColumn = (index: number): string => `doubt ${index}`;
