import type { Expression } from '#shared/plan/expression.ts';
import type { Step } from '#shared/plan/plan.ts';
import type { CompiledRule } from '#shared/rule/compiled-rule.ts';

/**
 * What these rules ask of single events: an event that fails it for each of them changes nothing that their runs give. Absent where
 * a rule may say something about any event, as it does of what it computes before it asks.
 */
export function conditionsOfRules(rules: readonly CompiledRule[]): readonly Expression[] | undefined {
  return rules.every(asksFirst) ? rules.map(({ filter }) => filter) : undefined;
}

/** Whether all that a rule does to events before it asks them is to ask. */
function asksFirst({ rule, plan }: CompiledRule): boolean {
  const { steps } = plan({ first: 0, last: 0, interval: rule.interval });
  const grouped = steps.findIndex(({ kind }) => GROUPING.has(kind));
  const single = grouped === -1 ? steps : steps.slice(0, grouped);
  const last = single.findLastIndex(({ kind }) => kind === 'filter');
  return single.slice(0, last + 1).every(({ kind }) => PLAIN.has(kind));
}

const GROUPING: ReadonlySet<Step['kind']> = new Set(['aggregate', 'inline-aggregate', 'new-terms']);
const PLAIN: ReadonlySet<Step['kind']> = new Set(['filter', 'keep', 'drop', 'ticks']);
