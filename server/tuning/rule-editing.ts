import { addRules, changeRule, changeWords, type NewRule, removeRule } from '#server/alerts/custom-rules.ts';
import { type BookedRule, type RuleBook, readMadeByUsers } from '#server/alerts/rule-book.ts';
import { Refusal } from '#server/refusal.ts';
import { checkSource } from '#server/rules/check-source.ts';
import { type RuleSource, readRuleSources } from '#server/rules/rule-source.ts';
import type { Author } from '#server/state/activity.ts';
import type { State } from '#server/state/open-state.ts';
import type { CheckedRule } from '#shared/api/rule-editing.ts';
import type { FieldCatalogue } from '#shared/event/field.ts';
import type { Rule } from '#shared/rule/rule.ts';
import {
  changedRule,
  changesBetween,
  detectsOtherwise,
  type RuleChanges,
  ruleProblems,
} from '#shared/rule/rule-changes.ts';
import { freeSlug } from '#shared/rule/slug.ts';
import { requireReason } from './required-reason.ts';
import { effectOfChange, type TuningContext } from './rule-effect.ts';

export interface RuleEditorOptions {
  readonly state: State;
  readonly rules: RuleBook;
  readonly catalogue: FieldCatalogue;
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

/** What users do to rules. */
export interface RuleEditor {
  readonly check: (text: string) => { rules: CheckedRule[]; rest: ReturnType<typeof readRuleSources>['rest'] };
  /** Adds the rules that begin at these lines of a text; refuses all where one of them cannot be evaluated. */
  readonly importRules: (author: Author, text: string, lines: readonly number[]) => Promise<string[]>;
  /** Gives the copy's slug. */
  readonly duplicate: (author: Author, slug: string) => Promise<string>;
  /** Refused without a reason where it loses true positives over everything stored, or breaks a case. */
  readonly change: (context: EditingContext, slug: string, change: WantedChange) => Promise<void>;
  /** Putting a shipped rule back is a change like any other. */
  readonly remove: (context: EditingContext, slug: string, reasons: Reasons) => Promise<void>;
}

export function openRuleEditor({ state, rules, catalogue, onChange }: RuleEditorOptions): RuleEditor {
  const changed = async (): Promise<void> => {
    rules.load(await readMadeByUsers(state));
    onChange();
  };
  return {
    check(text) {
      const { rules: sources, rest } = readRuleSources(text);
      return { rules: sources.map((source) => checkedRule(source, rules, catalogue)), rest };
    },
    async importRules(author, text, lines) {
      const wanted = new Set(lines);
      const sources = readRuleSources(text).rules.filter(({ line }) => wanted.has(line));
      const added = importedRules(sources, rules, catalogue);
      await addRules(state, author, added);
      await changed();
      return added.map(({ slug }) => slug);
    },
    async duplicate(author, slug) {
      const copy = copyOf(rules.get(slug), (taken) => rules.find(taken) !== undefined);
      await addRules(state, author, [copy]);
      await changed();
      return copy.slug;
    },
    async change(context, slug, { changes: wanted, version, ...reasons }) {
      const booked = rules.get(slug);
      const { author } = context;
      const changes = changesBetween(booked.original, wanted);
      refuseWrong(booked, changes);
      const why = await whyOf(context, booked, changedRule(booked.original, changes), reasons);
      if (booked.custom) await changeRule(state, author, slug, { changes, version, why });
      else if (version === 0) await addRules(state, author, [changedShipped(slug, changes, why)]);
      else throw new Refusal('conflict', 'Somebody else has put this rule back to how it was shipped.');
      await changed();
    },
    async remove(context, slug, reasons) {
      const booked = rules.get(slug);
      const putsBack = booked.custom?.base === slug;
      const why = putsBack ? await whyOf(context, booked, booked.original, reasons) : reasons.why;
      await removeRule(state, context.author, slug, why);
      await changed();
    },
  };
}

function checkedRule(source: RuleSource, rules: RuleBook, catalogue: FieldCatalogue): CheckedRule {
  const { rule, compiled, diagnostics, unsupported, otherFields } = checkSource(source, catalogue);
  return {
    line: source.line,
    name: rule?.name ?? source.name,
    slug: rule?.slug ?? null,
    type: rule?.type ?? source.type,
    severity: rule?.severity ?? null,
    enabled: source.enabled,
    ok: compiled !== null,
    diagnostics: [...diagnostics],
    unsupported: [...unsupported],
    otherFields: [...otherFields],
    present: (rule && rules.all.find((booked) => booked.rule.ruleId === rule.ruleId)?.rule.slug) ?? null,
  };
}

/** Addresses of the console stand where a rule's slug would. */
const RESERVED = ['import'];

function importedRules(sources: readonly RuleSource[], rules: RuleBook, catalogue: FieldCatalogue): readonly NewRule[] {
  if (sources.length === 0) throw new Refusal('invalid-request', 'No rule begins at these lines.');
  const taken = new Set([...RESERVED, ...rules.all.map(({ rule }) => rule.slug)]);
  return sources.map((source) => {
    const { rule, compiled } = checkSource(source, catalogue);
    if (!rule || !compiled) {
      throw new Refusal('invalid-request', `The rule at line ${source.line} cannot be evaluated.`);
    }
    const slug = freeSlug(rule.slug, (name) => taken.has(name));
    taken.add(slug);
    return { slug, base: null, source: source.text, changes: {}, enabled: source.enabled, detail: 'imported' };
  });
}

/** Switched off, so that nothing alerts twice before its maker has changed it. */
function copyOf({ rule, custom, guideVersions }: BookedRule, isTaken: (slug: string) => boolean): NewRule {
  const made = custom
    ? { base: custom.base, source: custom.source, changes: custom.changes }
    : { base: rule.slug, source: null, changes: {} };
  return {
    ...made,
    slug: freeSlug(`${rule.slug}-copy`, isTaken),
    changes: { ...made.changes, name: `${rule.name} (copy)` },
    enabled: false,
    ...(guideVersions[0]?.guide && { guide: guideVersions[0].guide }),
    detail: `duplicated from ${rule.slug}`,
  };
}

const changedShipped = (slug: string, changes: RuleChanges, why: string): NewRule => ({
  slug,
  base: slug,
  source: null,
  changes,
  enabled: true,
  detail: changeWords(changes, why),
});

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
  return [why, record ?? ''].filter((text) => text !== '').join(' ');
}

/** A query that does not compile may be saved only by mistake: the rule would raise nothing from then on. */
function refuseWrong({ original }: BookedRule, changes: RuleChanges): void {
  const [problem] = ruleProblems(changedRule(original, changes));
  if (problem) throw new Refusal('invalid-request', problem.message);
}
