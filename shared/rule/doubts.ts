import { aggregate } from '#shared/plan/build.ts';
import { allOf, anyOf, type Expression, not } from '#shared/plan/expression.ts';
import type { NamedExpression, Plan } from '#shared/plan/plan.ts';
import type { ValueType } from '#shared/plan/value.ts';
import { visitExpression } from '#shared/plan/walk.ts';
import { conjunctsOf } from './event-filter.ts';

/** Why a rule could not judge an event. */
export interface Doubt {
  /** In words: `host.id is missing`, `event.action has several values`. */
  readonly reason: string;
  /** What is the matter with the event. */
  readonly where: Expression;
  /** Conditions that it can leave undecided; none: it matters in any case. */
  readonly conditions: readonly Expression[];
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
 * Causes for which a filter is neither true nor false: a field without exactly one value, in a condition that becomes null
 * over it. A condition that another field decides leaves no doubt.
 */
export function doubtsOf(filter: Expression): readonly Doubt[] {
  const uses = new Map<string, { readonly field: SourceField; readonly conditions: Expression[] }>();
  for (const condition of conjunctsOf(filter)) {
    for (const field of singleFields(condition)) {
      const use = uses.get(field.name) ?? { field, conditions: [] };
      use.conditions.push(condition);
      uses.set(field.name, use);
    }
  }
  return [...uses.values()].flatMap(({ field, conditions }) => [
    { reason: `${field.name} is missing`, where: missing(field), conditions },
    { reason: `${field.name} has several values`, where: several(field), conditions },
  ]);
}

/** Events that pass a filter and lack a field they are to be known by. */
export const lacking = (fields: readonly SourceField[]): readonly Doubt[] =>
  fields.map((field) => ({ reason: `${field.name} is missing`, where: missing(field), conditions: [] }));

/** Fields that a condition wants exactly one value of. */
function singleFields(condition: Expression): readonly SourceField[] {
  const fields = new Map<string, SourceField>();
  visitExpression(condition, (node) => {
    if (node.kind === 'single' && node.of.kind === 'column') fields.set(node.of.name, node.of);
  });
  return [...fields.values()];
}

/**
 * What a rule asks of every event it says anything about: that it passes the filter or, where the rule can be in doubt, is not
 * turned away by it. A rule's plans imply it, so a store may keep these events at hand.
 */
export function concern({
  filter,
  doubts,
}: {
  readonly filter: Expression;
  readonly doubts: readonly Doubt[];
}): Expression {
  return doubts.some(({ conditions }) => conditions.length > 0) ? anyOf([filter, isNull(filter)]) : filter;
}

export const MATCHED_COLUMN = 'matched';
export const doubtColumn = (index: number): string => `doubt ${index}`;

const UNDECIDED = 'undecided';
const flag = (name: string): Expression => ({ kind: 'single', of: { kind: 'column', name, type: 'boolean' } });

/**
 * One row: how many events of a stretch of time pass the filter (`matched`), and per doubt, by its number, how many it is
 * about. `within` is the stretch, as a condition. With `keys`, one such row a group.
 */
export function countingPlan(
  filter: Expression,
  doubts: readonly Doubt[],
  within: Expression,
  keys: readonly NamedExpression[] = [],
): Plan {
  const conditions = [...new Set(doubts.flatMap((doubt) => doubt.conditions))];
  const undecided = (condition: Expression): string => `${UNDECIDED} ${conditions.indexOf(condition)}`;
  const isAbout = (doubt: Doubt): Expression =>
    doubt.conditions.length === 0
      ? doubt.where
      : allOf([flag(UNDECIDED), anyOf(doubt.conditions.map((one) => flag(undecided(one)))), doubt.where]);
  return {
    steps: [
      { kind: 'filter', where: within },
      // Everything below looks at each event many times: better only at the few that are left.
      { kind: 'filter', where: concern({ filter, doubts }) },
      {
        kind: 'derive',
        columns: [
          { name: UNDECIDED, value: isNull(filter) },
          ...conditions.map((condition) => ({ name: undecided(condition), value: isNull(condition) })),
        ],
      },
      {
        kind: 'aggregate',
        keys,
        aggregates: [
          aggregate(MATCHED_COLUMN, 'count', null, not(flag(UNDECIDED))),
          ...doubts.map((doubt, index) => aggregate(doubtColumn(index), 'count', null, isAbout(doubt))),
        ],
      },
    ],
  };
}
