import type { FieldCatalogue } from '#shared/event/field.ts';
import { aggregate, planBuilder } from '#shared/plan/build.ts';
import type { Expression } from '#shared/plan/expression.ts';
import type { NamedExpression, Plan } from '#shared/plan/plan.ts';
import { countingPlan, type Doubt, doubtColumn } from './doubts.ts';

/** What coverage needs to know of a rule. */
export interface CoveredRule {
  readonly filter: Expression;
  readonly doubts: readonly Doubt[];
}

export const SOURCE_COLUMN = 'source';
export const STARTS_COLUMN = 'starts';

/** Fields by which events name where they are from, the surest first. */
const NAMING = ['event.dataset', 'event.module', 'agent.type'] as const;

/** What an event names as its source: a key to group by. */
export function sourceOf(catalogue: FieldCatalogue): NamedExpression {
  const { single } = planBuilder(catalogue);
  const args = NAMING.filter((name) => catalogue.find(name)).map(single);
  return { name: SOURCE_COLUMN, value: { kind: 'call', name: 'coalesce', type: 'string', args } };
}

/** Doubts of several rules, each reason once: rules that need the same field share a count. */
export const reasonsOf = (rules: readonly CoveredRule[]): readonly Doubt[] => [
  ...new Map(rules.flatMap(({ doubts }) => doubts).map((doubt) => [doubt.reason, doubt])).values(),
];

/** One row a source: its events that start a process (`starts`), and of those, by `doubtColumn`, how many have each reason. */
export function startsPlan(catalogue: FieldCatalogue, reasons: readonly Doubt[], within: Expression): Plan {
  const { oneOf } = planBuilder(catalogue);
  return {
    steps: [
      { kind: 'filter', where: within },
      { kind: 'filter', where: oneOf('event.type', ['start']) },
      {
        kind: 'aggregate',
        keys: [sourceOf(catalogue)],
        aggregates: [
          aggregate(STARTS_COLUMN, 'count'),
          ...reasons.map(({ where }, index) => aggregate(doubtColumn(index), 'count', null, where)),
        ],
      },
    ],
  };
}

/** One row a source: what a rule matches there, and cannot judge; see `countingPlan`. */
export const unjudgedPlan = (catalogue: FieldCatalogue, rule: CoveredRule, within: Expression): Plan =>
  countingPlan(rule.filter, rule.doubts, within, [sourceOf(catalogue)]);
