import type * as z from 'zod';
import { sameLines } from './line-diff.ts';
import { type Rule, ruleSchema } from './rule.ts';
import { keyProblem, type RuleProblem } from './rule-problem.ts';

/** What may be changed of a rule without a new file: the rest says what it is and where it comes from. */
export const ruleChangesSchema = ruleSchema
  .pick({
    name: true,
    query: true,
    interval: true,
    window: true,
    maxSignals: true,
    timestampOverride: true,
    newTerms: true,
    threshold: true,
    severity: true,
    riskScore: true,
  })
  .partial();
export type RuleChanges = z.infer<typeof ruleChangesSchema>;

/** The rule with its changes. Settings that its type does not have stay absent. */
export const changedRule = (rule: Rule, changes: RuleChanges): Rule => ({
  ...rule,
  ...(Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined)) as Partial<Rule>),
  newTerms: rule.newTerms && (changes.newTerms ?? rule.newTerms),
  threshold: rule.threshold && (changes.threshold ?? rule.threshold),
});

/** What is wrong with a rule as a whole; its query is for the compiler. */
export function ruleProblems({ newTerms, window }: Rule): readonly RuleProblem[] {
  if (!newTerms || newTerms.history > window) return [];
  return [keyProblem('history-too-short', 'rule.new_terms.history_window_start', 'must be earlier than rule.from.')];
}

/** Only what differs from the rule, so that a later version of it keeps the rest. */
export function changesBetween(rule: Rule, wanted: RuleChanges): RuleChanges {
  const whole = changedRule(rule, wanted);
  const names = Object.keys(ruleChangesSchema.shape) as (keyof RuleChanges)[];
  return Object.fromEntries(names.flatMap((name) => (isSame(rule[name], whole[name]) ? [] : [[name, whole[name]]])));
}

/** Members that say nothing of which events alert. */
const WORDS: readonly (keyof RuleChanges)[] = ['name', 'severity', 'riskScore'];

/** Whether two states of a rule may raise different alerts. */
export const detectsOtherwise = (before: Rule, after: Rule): boolean =>
  Object.keys(changesBetween(before, after)).some((name) => !WORDS.some((word) => word === name));

const isSame = (left: unknown, right: unknown): boolean =>
  typeof left === 'string' && typeof right === 'string'
    ? sameLines(left, right)
    : JSON.stringify(left) === JSON.stringify(right);
