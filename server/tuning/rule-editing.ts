import { addRules, removeRule } from '#server/alerts/custom-rules.ts';
import { changedSince } from '#server/alerts/next-version.ts';
import type { BookedRule, RuleBook } from '#server/alerts/rule-book.ts';
import { versionOf } from '#server/alerts/rule-detail.ts';
import { refuseWhereWaiting } from '#server/alerts/waiting-changes.ts';
import { notFound, Refusal } from '#server/refusal.ts';
import { readRuleSources } from '#server/rules/rule-source.ts';
import type { Author } from '#server/state/activity.ts';
import type { State } from '#server/state/open-state.ts';
import type { EventStore } from '#server/store/event-store.ts';
import type { CheckedRule } from '#shared/api/rule-editing.ts';
import type { FieldCatalogue } from '#shared/event/field.ts';
import { compileRule } from '#shared/rule/compile.ts';
import type { Rule } from '#shared/rule/rule.ts';
import { changesBetween, detectsOtherwise, type RuleChanges, ruleProblems } from '#shared/rule/rule-changes.ts';
import { lackingFields, widenForRule } from '#shared/rule/widen-for-rule.ts';
import type { FieldReader } from './field-reader.ts';
import { type ComingRule, checkedRule, comingRules, copyOf } from './new-rules.ts';
import { type EditingContext, type Reasons, ruleIn, saveRule, type WantedState } from './save-rule.ts';
import type { WaitingSaves } from './waiting-saves.ts';

export interface RuleEditorOptions {
  readonly state: State;
  readonly store: EventStore;
  readonly rules: RuleBook;
  readonly fields: Pick<FieldReader, 'read' | 'refresh'>;
  readonly waiting: Pick<WaitingSaves, 'keep' | 'saveReady'>;
  /** To be called after every change: takes it in. */
  readonly changed: () => Promise<void>;
}

export interface WantedChange extends WantedState {
  readonly changes: RuleChanges;
}

/** Fields that have to be read first: what was asked for is done when they are. None: it is done. */
type WaitsFor = readonly string[];

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
  readonly change: (context: EditingContext, slug: string, change: WantedChange) => Promise<WaitsFor>;
  /** Goes back to an earlier state, which is a change like any other. */
  readonly revert: (context: EditingContext, slug: string, revert: WantedRevert) => Promise<WaitsFor>;
  /** Putting a shipped rule back is a change like any other. */
  readonly remove: (context: EditingContext, slug: string, reasons: Reasons) => Promise<WaitsFor>;
}

export function openRuleEditor({ state, store, rules, fields, waiting, changed }: RuleEditorOptions): RuleEditor {
  /** A change is judged by what it would have found: the events need what it reads before. */
  const put = async (context: EditingContext, slug: string, wanted: WantedState): Promise<WaitsFor> => {
    await refuseWhereWaiting(state, slug);
    const booked = rules.get(slug);
    if (wanted.version !== versionOf(booked)) throw changedSince('ruleVersions');
    const rule = ruleIn(booked, wanted);
    const lacking = lackingFields(store.catalogue, rule);
    if (!detectsOtherwise(booked.rule, rule) || (await fields.read(fieldsOf(rule, store.catalogue)))) {
      await saveRule(context, slug, wanted);
      await changed();
      return [];
    }
    await waiting.keep(context.author, slug, wanted);
    // They may have come before it was kept.
    await waiting.saveReady();
    return lacking;
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
    change(context, slug, { changes: wanted, ...rest }) {
      return put(context, slug, { changes: changesBetween(rules.get(slug).original, wanted), ...rest });
    },
    revert(context, slug, { to, version, why, override }) {
      const changes = changesAt(rules.get(slug), to);
      const target = changes === null ? 'the shipped version' : `version ${to}`;
      return put(context, slug, { changes, version, why: `Back to ${target}. ${why}`, override });
    },
    async remove(context, slug, reasons) {
      const booked = rules.get(slug);
      const since = versionOf(booked);
      if (booked.custom?.base === slug) return put(context, slug, { changes: null, version: since, ...reasons });
      await removeRule(state, context.author, slug, { since, why: reasons.why });
      await changed();
      return [];
    },
  };
}

/** What a rule had changed at a version; null where it stood as it was shipped, which only a shipped one ever did. */
function changesAt({ custom, rule, versions }: BookedRule, to: number): RuleChanges | null {
  const found = versions.find(({ version }) => version === to);
  const isShipped = custom === undefined || custom.base === rule.slug;
  if (!found && !(to === 0 && isShipped)) throw notFound('version');
  return found?.changes ?? null;
}

/** What a rule reads. Refuses one that cannot be run even with that: it may be saved only by mistake, and would raise nothing from then on. */
function fieldsOf(rule: Rule, present: FieldCatalogue): FieldCatalogue {
  const { catalogue, warnings } = widenForRule(present, rule);
  const compiled = compileRule(rule, catalogue, []);
  const found = [...(compiled.ok ? [] : compiled.error), ...warnings, ...ruleProblems(rule)];
  const wrong = found.find(({ severity }) => severity === 'error');
  if (!wrong) return catalogue;
  throw new Refusal('invalid-request', wrong.message, wrong.remedy === undefined ? {} : { remedy: wrong.remedy });
}
