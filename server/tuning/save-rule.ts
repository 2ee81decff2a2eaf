import { addRules, changeRule, removeRule } from '#server/alerts/custom-rules.ts';
import type { BookedRule } from '#server/alerts/rule-book.ts';
import type { Author } from '#server/state/activity.ts';
import type { State } from '#server/state/open-state.ts';
import type { Rule } from '#shared/rule/rule.ts';
import { changedRule, detectsOtherwise, type RuleChanges } from '#shared/rule/rule-changes.ts';
import { changedShipped } from './new-rules.ts';
import { requireReason } from './required-reason.ts';
import { effectOfChange, type TuningContext } from './rule-effect.ts';

export interface EditingContext extends TuningContext {
  readonly state: State;
  readonly author: Author;
}

export interface Reasons {
  readonly why: string;
  readonly override: string;
}

/** A state that a rule is to have. */
export interface WantedState extends Reasons {
  /** From what it was made of; null: as it was shipped. */
  readonly changes: RuleChanges | null;
  /** That the rule was read with; 0: as it was shipped. */
  readonly version: number;
}

/** A rule as it would be. */
export const ruleIn = ({ original }: BookedRule, { changes }: Pick<WantedState, 'changes'>): Rule =>
  changes === null ? original : changedRule(original, changes);

/**
 * Gives a rule another state, which the events have the fields for. Refused without a reason where it loses true positives over
 * everything stored, or breaks a case.
 */
export async function saveRule(context: EditingContext, slug: string, wanted: WantedState): Promise<void> {
  const { state, author, rules } = context;
  const { changes, version } = wanted;
  const booked = rules.get(slug);
  const why = await whyOf(context, booked, ruleIn(booked, wanted), wanted);
  if (changes === null) await removeRule(state, author, slug, { since: version, why });
  else if (booked.custom) await changeRule(state, author, slug, { changes, version, why });
  else await addRules(state, author, [changedShipped(slug, changes, version, why)]);
}

/** What goes on record about a change, once it has the reason that its effect may call for. */
async function whyOf(
  context: EditingContext,
  { rule: saved }: BookedRule,
  rule: Rule,
  { why, override }: Reasons,
): Promise<string> {
  if (!detectsOtherwise(saved, rule)) return why;
  const { window: range } = await context.store.statistics();
  const effect = await effectOfChange(context, { saved, rule, range });
  const wanted = { harm: 'lose', remedy: 'Change it so that it keeps them' };
  const record = effect && requireReason(effect, override, wanted);
  return [why, record ?? ''].filter((text) => text !== '').join(/[.!?]$/.test(why) ? ' ' : '. ');
}
