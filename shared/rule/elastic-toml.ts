import { fail, type Result, succeed } from '#shared/base/result.ts';
import { type Milliseconds, parseLookBack, parseSpan } from '#shared/base/time.ts';
import { type ElasticLayout, elasticLayoutSchema, layoutProblems } from './elastic-layout.ts';
import { readFilter } from './read-filter.ts';
import type { Rule, RuleType, Threat, Threshold } from './rule.ts';
import type { RuleFilter } from './rule-filter.ts';
import { keyProblem, type RuleProblem } from './rule-problem.ts';

/** The languages in which this program evaluates each type of rule. */
const LANGUAGES: Readonly<Record<RuleType, Rule['language']>> = {
  esql: 'esql',
  new_terms: 'kuery',
  query: 'kuery',
  threshold: 'kuery',
};

/**
 * A parsed rule file in Elastic's TOML layout as a rule; `slug` becomes its identity. Keys unknown to this program are
 * passed over, so a file of Elastic's public repository fits as it is. Every problem is reported, each naming its key;
 * a rule type this program cannot evaluate is one of them.
 */
export function ruleFromElastic(document: unknown, slug: string): Result<Rule, readonly RuleProblem[]> {
  const type = unsupportedType(document);
  if (type) return fail([type]);
  const layout = elasticLayoutSchema.safeParse(document);
  if (!layout.success) return fail(layoutProblems(layout.error, document));
  const problems: RuleProblem[] = [];
  const rule = toRule(layout.data, slug, problems);
  return problems.length > 0 ? fail(problems) : succeed(rule);
}

/** Named before anything else: rules of other types lack keys that ours need, and that would be noise. */
function unsupportedType(document: unknown): RuleProblem | null {
  const type = (document as { rule?: { type?: unknown } } | null)?.rule?.type;
  if (typeof type !== 'string' || Object.hasOwn(LANGUAGES, type)) return null;
  return {
    ...keyProblem('unsupported-rule-type', 'rule.type', `is ${type}, which this program does not evaluate.`),
    remedy: `It evaluates ${Object.keys(LANGUAGES).join(', ')} rules.`,
  };
}

function toRule({ metadata, rule, oddspawn }: ElasticLayout, slug: string, problems: RuleProblem[]): Rule {
  const type = rule.type as RuleType;
  const language = LANGUAGES[type];
  if (rule.language !== language) {
    problems.push(
      keyProblem(
        'unsupported-language',
        'rule.language',
        `is ${rule.language}; ${type} rules are read in ${language}.`,
      ),
    );
  }
  if (type === 'esql' && rule.query.trim() === '') problems.push(keyProblem('missing-key', 'rule.query', 'is empty.'));
  if (rule.to !== 'now')
    problems.push(keyProblem('unsupported-window', 'rule.to', `is ${rule.to}; windows end at now.`));
  const window = lookBack('rule.from', rule.from, problems);
  return {
    slug,
    ruleId: rule.rule_id,
    name: rule.name,
    description: rule.description.trim(),
    type,
    language,
    query: rule.query,
    filters: filtersOf(rule.filters, problems),
    index: rule.index,
    interval: span('rule.interval', rule.interval, problems),
    window,
    maxSignals: rule.max_signals,
    timestampOverride: rule.timestamp_override ?? null,
    ...(rule.timestamp_override_fallback_disabled && { isOverrideRequired: true as const }),
    newTerms: type === 'new_terms' ? newTermsOf(rule.new_terms, window, problems) : null,
    threshold: type === 'threshold' ? thresholdOf(rule.threshold, problems) : null,
    highlights: rule.investigation_fields ?? [],
    unapplied: (rule.alert_suppression ?? null) === null ? [] : ['alert_suppression'],
    severity: rule.severity,
    riskScore: rule.risk_score,
    tags: rule.tags,
    threats: rule.threat.map(threatOf),
    author: rule.author,
    license: rule.license,
    version: rule.version ?? null,
    references: rule.references,
    falsePositives: rule.false_positives.map((text) => text.trim()),
    setup: rule.setup?.trim() ?? null,
    note: rule.note?.trim() ?? null,
    createdDate: isoDate(metadata.creation_date),
    updatedDate: isoDate(metadata.updated_date),
    deprecated: deprecationOf(metadata, oddspawn.deprecation_reason),
  };
}

function newTermsOf(
  terms: ElasticLayout['rule']['new_terms'],
  window: Milliseconds,
  problems: RuleProblem[],
): Rule['newTerms'] {
  if (!terms) {
    problems.push(keyProblem('missing-key', 'rule.new_terms', 'is missing.'));
    return null;
  }
  const path = 'rule.new_terms.history_window_start';
  const history = lookBack(path, terms.history_window_start[0]?.value ?? '', problems);
  // Elastic's executor refuses such a rule too (elastic/kibana `rule_types/new_terms`).
  if (history > 0 && history <= window)
    problems.push(keyProblem('history-too-short', path, 'must be earlier than rule.from.'));
  return { fields: terms.value, history };
}

/** Of several cardinality conditions Elastic looks at the first only (elastic/kibana `build_threshold_aggregation`). */
function thresholdOf(threshold: ElasticLayout['rule']['threshold'], problems: RuleProblem[]): Threshold | null {
  if (!threshold) {
    problems.push(keyProblem('missing-key', 'rule.threshold', 'is missing.'));
    return null;
  }
  const { field, value, cardinality } = threshold;
  return { fields: field, value, cardinality: cardinality[0] ?? null };
}

const filtersOf = (filters: readonly unknown[], problems: RuleProblem[]): RuleFilter[] =>
  filters.flatMap((filter, index) => {
    const read = readFilter(filter);
    if (!read.ok) problems.push(keyProblem('unsupported-filter', `rule.filters.${index}`, `${read.error}.`));
    return read.ok && read.value ? [read.value] : [];
  });

function deprecationOf(metadata: ElasticLayout['metadata'], reason: string | null | undefined): Rule['deprecated'] {
  if (metadata.maturity !== 'deprecated') return null;
  const date = isoDate(metadata.deprecation_date ?? metadata.updated_date) ?? '';
  return { date, reason: reason?.trim() ?? 'Withdrawn by its author.' };
}

const threatOf = ({ technique, ...threat }: ElasticLayout['rule']['threat'][number]): Threat => ({
  ...threat,
  techniques: technique.map(({ subtechnique, ...rest }) => ({ ...rest, subtechniques: subtechnique })),
});

function span(path: string, text: string, problems: RuleProblem[]): Milliseconds {
  const length = parseSpan(text);
  if (!length) problems.push(keyProblem('wrong-value', path, `is no length of time: ${text}.`));
  return length ?? 0;
}

function lookBack(path: string, text: string, problems: RuleProblem[]): Milliseconds {
  const length = parseLookBack(text);
  if (!length) problems.push(keyProblem('wrong-value', path, `is no look-back such as now-9m: ${text}.`));
  return length ?? 0;
}

/** Elastic writes `2026/07/02`. */
const isoDate = (text: string | null | undefined): string | null => text?.replaceAll('/', '-') ?? null;
