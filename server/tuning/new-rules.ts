import { changeWords, type NewRule } from '#server/alerts/custom-rules.ts';
import type { BookedRule, RuleBook } from '#server/alerts/rule-book.ts';
import { Refusal } from '#server/refusal.ts';
import { checkSource } from '#server/rules/check-source.ts';
import type { RuleSource } from '#server/rules/rule-source.ts';
import type { CheckedRule } from '#shared/api/rule-editing.ts';
import type { FieldCatalogue } from '#shared/event/field.ts';
import type { Rule } from '#shared/rule/rule.ts';
import type { RuleChanges } from '#shared/rule/rule-changes.ts';
import { freeSlug } from '#shared/rule/slug.ts';

/** What a rule of a text would come to. */
export function checkedRule(source: RuleSource, rules: RuleBook, catalogue: FieldCatalogue): CheckedRule {
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

/** A rule of a file that is about to be added. */
export interface ComingRule extends NewRule {
  readonly rule: Rule;
}

/** The rules of a text as new ones; refuses all where one of them cannot be evaluated. */
export function comingRules(
  sources: readonly RuleSource[],
  rules: RuleBook,
  catalogue: FieldCatalogue,
): readonly ComingRule[] {
  const taken = new Set(rules.all.map(({ rule }) => rule.slug));
  return sources.map((source) => {
    const { rule, compiled } = checkSource(source, catalogue);
    if (!rule || !compiled) {
      throw new Refusal('invalid-request', `The rule at line ${source.line} cannot be evaluated.`);
    }
    const slug = freeSlug(rule.slug, (name) => taken.has(name));
    taken.add(slug);
    return {
      rule: { ...rule, slug },
      slug,
      base: null,
      source: source.text,
      changes: {},
      enabled: source.enabled,
      why: 'imported',
      detail: 'imported',
    };
  });
}

/** A copy, switched off, so that nothing alerts twice before its maker has changed it. */
export function copyOf({ rule, custom, guideVersions }: BookedRule, isTaken: (slug: string) => boolean): NewRule {
  const made = custom
    ? { base: custom.base, source: custom.source, changes: custom.changes }
    : { base: rule.slug, source: null, changes: {} };
  return {
    ...made,
    slug: freeSlug(`${rule.slug}-copy`, isTaken),
    changes: { ...made.changes, name: `${rule.name} (copy)` },
    enabled: false,
    ...(guideVersions[0]?.guide && { guide: guideVersions[0].guide }),
    why: `duplicated from ${rule.slug}`,
    detail: `duplicated from ${rule.slug}`,
  };
}

/** A shipped rule with its first changes. */
export const changedShipped = (slug: string, changes: RuleChanges, since: number, why: string): NewRule => ({
  slug,
  base: slug,
  source: null,
  changes,
  enabled: true,
  since,
  why,
  detail: changeWords(changes, why),
});
