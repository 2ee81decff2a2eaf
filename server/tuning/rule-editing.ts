import { addRules, changeRule, removeRule } from '#server/alerts/custom-rules.ts';
import { type BookedRule, type RuleBook, readMadeByUsers } from '#server/alerts/rule-book.ts';
import { versionOf } from '#server/alerts/rule-detail.ts';
import { notFound, Refusal } from '#server/refusal.ts';
import { readRuleSources } from '#server/rules/rule-source.ts';
import type { Author } from '#server/state/activity.ts';
import type { State } from '#server/state/open-state.ts';
import type { EventStore } from '#server/store/event-store.ts';
import type { CheckedRule } from '#shared/api/rule-editing.ts';
import type { Rule } from '#shared/rule/rule.ts';
import {
  changedRule,
  changesBetween,
  detectsOtherwise,
  type RuleChanges,
  ruleProblems,
} from '#shared/rule/rule-changes.ts';
import { lackingFields, widenForRules } from '#shared/rule/widen-for-rule.ts';
import type { FieldReader } from './field-reader.ts';
import { type ComingRule, changedShipped, checkedRule, comingRules, copyOf } from './new-rules.ts';
import { requireReason } from './required-reason.ts';
import { effectOfChange, type TuningContext } from './rule-effect.ts';

export interface RuleEditorOptions {
  readonly state: State;
  readonly store: EventStore;
  readonly rules: RuleBook;
  readonly fields: Pick<FieldReader, 'read' | 'refresh'>;
  /** To be called after every change. */
  readonly onChange: () => void;
}

export interface EditingContext extends TuningContext {
  readonly author: Author;
}

export interface Reasons {
  readonly why: string;
  readonly override: string;
}

export interface WantedChange extends Reasons {
  readonly changes: RuleChanges;
  /** That the rule was read with; 0: as it was shipped. */
  readonly version: number;
}

export interface WantedRevert extends Reasons {
  readonly to: number;
  /** That the rule was read with. */
  readonly version: number;
}

/** What users do to rules. */
export interface RuleEditor {
  readonly check: (text: string) => { rules: CheckedRule[]; rest: ReturnType<typeof readRuleSources>['rest'] };
  /** The rules that begin at these lines of a text, as they would be added; refuses all where one of them cannot be evaluated. */
  readonly planned: (text: string, lines: readonly number[]) => readonly ComingRule[];
  /** Gives their slugs. */
  readonly importRules: (author: Author, rules: readonly ComingRule[]) => Promise<string[]>;
  /** Removes a rule that was imported. */
  readonly takeBack: (author: Author, slug: string, why: string) => Promise<void>;
  /** Gives the copy's slug. */
  readonly duplicate: (author: Author, slug: string) => Promise<string>;
  /** Refused without a reason where it loses true positives over everything stored, or breaks a case. */
  readonly change: (context: EditingContext, slug: string, change: WantedChange) => Promise<void>;
  /** Goes back to an earlier state, which is a change like any other. */
  readonly revert: (context: EditingContext, slug: string, revert: WantedRevert) => Promise<void>;
  /** Putting a shipped rule back is a change like any other. */
  readonly remove: (context: EditingContext, slug: string, reasons: Reasons) => Promise<void>;
}

export function openRuleEditor({ state, store, rules, fields, onChange }: RuleEditorOptions): RuleEditor {
  /** A change is judged by what it would have found: the events need what it reads before. */
  const prepare = async (coming: Rule): Promise<void> => {
    const lacking = lackingFields(store.catalogue, coming);
    if (await fields.read(widenForRules(store.catalogue, [coming]))) return;
    throw new Refusal(
      'busy',
      `The events do not have ${lacking.join(', ')} yet: it is being read from their records.`,
      {
        remedy: 'Save again when that is done.',
      },
    );
  };
  const changed = async (): Promise<void> => {
    rules.load(await readMadeByUsers(state));
    onChange();
  };
  const change: RuleEditor['change'] = async (context, slug, { changes: wanted, version, ...reasons }) => {
    const booked = rules.get(slug);
    const { author } = context;
    const changes = changesBetween(booked.original, wanted);
    refuseWrong(booked, changes);
    const rule = changedRule(booked.original, changes);
    await prepare(rule);
    const why = await whyOf(context, booked, rule, reasons);
    if (booked.custom) await changeRule(state, author, slug, { changes, version, why });
    else await addRules(state, author, [changedShipped(slug, changes, version, why)]);
    await changed();
  };
  const remove = async (
    context: EditingContext,
    booked: BookedRule,
    since: number,
    reasons: Reasons,
  ): Promise<void> => {
    const { slug } = booked.rule;
    const putsBack = booked.custom?.base === slug;
    if (putsBack) await prepare(booked.original);
    const why = putsBack ? await whyOf(context, booked, booked.original, reasons) : reasons.why;
    await removeRule(state, context.author, slug, { since, why });
    await changed();
  };
  return {
    check(text) {
      const { rules: sources, rest } = readRuleSources(text);
      return { rules: sources.map((source) => checkedRule(source, rules, store.catalogue)), rest };
    },
    planned(text, lines) {
      const wanted = new Set(lines);
      const sources = wanted.size === 0 ? [] : readRuleSources(text).rules.filter(({ line }) => wanted.has(line));
      if (sources.length < wanted.size) throw new Refusal('invalid-request', 'No rule begins at these lines.');
      return comingRules(sources, rules, store.catalogue);
    },
    async importRules(author, coming) {
      await addRules(state, author, coming);
      await changed();
      await fields.refresh();
      return coming.map(({ slug }) => slug);
    },
    async takeBack(author, slug, why) {
      await removeRule(state, author, slug, { since: versionOf(rules.get(slug)), why });
      await changed();
    },
    async duplicate(author, slug) {
      const copy = copyOf(rules.get(slug), (taken) => rules.find(taken) !== undefined);
      await addRules(state, author, [copy]);
      await changed();
      return copy.slug;
    },
    change,
    async revert(context, slug, { to, version, why, override }) {
      const booked = rules.get(slug);
      const changes = changesAt(booked, to);
      const reasons = {
        why: `Back to ${changes === null ? 'the shipped version' : `version ${to}`}. ${why}`,
        override,
      };
      if (changes === null) await remove(context, booked, version, reasons);
      else await change(context, slug, { changes, version, ...reasons });
    },
    remove(context, slug, reasons) {
      const booked = rules.get(slug);
      return remove(context, booked, versionOf(booked), reasons);
    },
  };
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

/** What a rule had changed at a version; null where it stood as it was shipped, which only a shipped one ever did. */
function changesAt({ custom, rule, versions }: BookedRule, to: number): RuleChanges | null {
  const found = versions.find(({ version }) => version === to);
  const isShipped = custom === undefined || custom.base === rule.slug;
  if (!found && !(to === 0 && isShipped)) throw notFound('version');
  return found?.changes ?? null;
}

/** A query that does not compile may be saved only by mistake: the rule would raise nothing from then on. */
function refuseWrong({ original }: BookedRule, changes: RuleChanges): void {
  const [problem] = ruleProblems(changedRule(original, changes));
  if (problem) throw new Refusal('invalid-request', problem.message);
}
