import { Refusal } from '#server/refusal.ts';
import { readRuleSources } from '#server/rules/rule-source.ts';
import { MINUTE } from '#shared/base/time.ts';
import type { Rule } from '#shared/rule/rule.ts';
import { changedRule, type RuleChanges } from '#shared/rule/rule-changes.ts';

export interface PreviewSubject {
  readonly slug: string | undefined;
  readonly text: string | undefined;
  readonly language: Rule['language'];
  readonly changes: RuleChanges;
}

/** A rule by its text; or a query that belongs to none, run as one that alerts on each event, or as its own ES|QL says. */
export function unsavedRule({ text, language, changes }: PreviewSubject): Rule {
  if (text !== undefined) {
    const read = readRuleSources(text).rules[0]?.rule;
    if (read?.ok) return changedRule({ ...read.value, slug: NO_RULE.slug }, changes);
    throw new Refusal('invalid-request', read?.error[0]?.message ?? 'There is no rule in this text.');
  }
  if (changes.query === undefined) throw new Refusal('invalid-request', 'A query or a rule is needed for a preview.');
  return changedRule({ ...NO_RULE, type: language === 'esql' ? 'esql' : 'query', language }, changes);
}

const NO_RULE: Omit<Rule, 'type' | 'language'> = {
  slug: 'preview',
  ruleId: 'preview',
  name: 'Preview',
  description: '',
  query: '',
  filters: [],
  index: [],
  interval: 5 * MINUTE,
  window: 6 * MINUTE,
  maxSignals: 100,
  timestampOverride: null,
  newTerms: null,
  threshold: null,
  highlights: [],
  unapplied: [],
  severity: 'low',
  riskScore: 0,
  tags: [],
  threats: [],
  author: [],
  license: '',
  version: null,
  references: [],
  falsePositives: [],
  setup: null,
  note: null,
  createdDate: null,
  updatedDate: null,
  deprecated: null,
};
