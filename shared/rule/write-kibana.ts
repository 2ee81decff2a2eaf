import { unreachable } from '#shared/base/assert.ts';
import { type Milliseconds, SECOND, spanText } from '#shared/base/time.ts';
import type { Rule, Threat } from './rule.ts';
import type { RuleFilter } from './rule-filter.ts';

/** A list of exceptions that a rule uses, as its export names it. */
export interface UsedList {
  readonly id: string;
  readonly type: string;
  readonly namespace: string;
}

/**
 * A rule as a line of Kibana's export (elastic/kibana `detection_engine/rule_management/logic/export`): what `readKibanaExport`
 * reads again. What an export has no place for stays here: slug, dates, a withdrawal.
 */
export function kibanaRule(rule: Rule, enabled: boolean, lists: readonly UsedList[]): object {
  const { newTerms, threshold } = rule;
  return {
    id: rule.ruleId,
    rule_id: rule.ruleId,
    ...{ name: rule.name, description: rule.description, enabled, immutable: false },
    ...{ type: rule.type, language: rule.language, query: rule.query },
    ...(rule.type === 'esql' ? {} : { index: rule.index, filters: rule.filters.map(filterOf) }),
    ...{ interval: wholeSpan(rule.interval), from: `now-${wholeSpan(rule.window)}`, to: 'now' },
    max_signals: rule.maxSignals,
    ...(rule.timestampOverride !== null && { timestamp_override: rule.timestampOverride }),
    ...(rule.isOverrideRequired && { timestamp_override_fallback_disabled: true }),
    ...(newTerms && {
      new_terms_fields: newTerms.fields,
      history_window_start: `now-${wholeSpan(newTerms.history)}`,
    }),
    ...(threshold && {
      threshold: {
        ...{ field: threshold.fields, value: threshold.value },
        cardinality: threshold.cardinality ? [threshold.cardinality] : [],
      },
    }),
    ...(rule.highlights.length > 0 && { investigation_fields: { field_names: rule.highlights } }),
    ...{ severity: rule.severity, severity_mapping: [], risk_score: rule.riskScore, risk_score_mapping: [] },
    ...{ tags: rule.tags, threat: rule.threats.map(threatOf), author: rule.author, license: rule.license },
    version: rule.version ?? 1,
    ...{ references: rule.references, false_positives: rule.falsePositives },
    ...{ setup: rule.setup ?? '', note: rule.note ?? '', actions: [] },
    exceptions_list: lists.map(({ id, type, namespace }) => ({
      ...{ id, list_id: id, type, namespace_type: namespace },
    })),
  };
}

/** Kibana writes whole seconds: what is a part of one counts as one, so that no window is shorter than it was. */
const wholeSpan = (length: Milliseconds): string => spanText(Math.ceil(length / SECOND) * SECOND);

const threatOf = ({ techniques, ...threat }: Threat): object => ({
  ...threat,
  technique: techniques.map(({ subtechniques, ...technique }) => ({ ...technique, subtechnique: subtechniques })),
});

const filterOf = (filter: RuleFilter): object => ({
  meta: { negate: false, disabled: false, type: 'custom' },
  $state: { store: 'appState' },
  query: clauseOf(filter),
});

const OPERATORS = { '<': 'lt', '<=': 'lte', '>': 'gt', '>=': 'gte' } as const;

function clauseOf(filter: RuleFilter): object {
  switch (filter.kind) {
    case 'match': {
      const [only, ...more] = filter.values;
      return more.length === 0
        ? { match_phrase: { [filter.field]: only ?? '' } }
        : { terms: { [filter.field]: filter.values } };
    }
    case 'wildcard':
      return { wildcard: { [filter.field]: { value: filter.pattern, case_insensitive: filter.caseless } } };
    case 'exists':
      return { exists: { field: filter.field } };
    case 'range':
      return {
        range: {
          [filter.field]: Object.fromEntries(filter.bounds.map(({ operator, value }) => [OPERATORS[operator], value])),
        },
      };
    case 'all':
      return filter.of.length === 0 ? { match_all: {} } : { bool: { filter: filter.of.map(clauseOf) } };
    case 'any':
      return filter.of.length === 0
        ? { match_none: {} }
        : { bool: { should: filter.of.map(clauseOf), minimum_should_match: 1 } };
    case 'not':
      return { bool: { must_not: [clauseOf(filter.of)] } };
    default:
      return unreachable(filter);
  }
}
