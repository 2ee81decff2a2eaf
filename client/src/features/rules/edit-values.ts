import { parseSpan, spanText } from '#shared/base/time.ts';
import type { AlertSeverity, Rule } from '#shared/rule/rule.ts';
import type { RuleChanges } from '#shared/rule/rule-changes.ts';

/** A rule's settings as a form holds them: text, until it is right. */
export interface EditValues {
  readonly name: string;
  readonly query: string;
  readonly interval: string;
  readonly window: string;
  readonly maxSignals: number;
  readonly severity: AlertSeverity;
  readonly riskScore: number;
  readonly termFields: string;
  readonly history: string;
  readonly groupFields: string;
  readonly least: number;
  /** Field whose distinct values count; empty: none. */
  readonly countedField: string;
  readonly leastValues: number;
}

export const valuesOfRule = (rule: Rule): EditValues => ({
  name: rule.name,
  query: rule.query.trim(),
  interval: spanText(rule.interval),
  window: spanText(rule.window),
  maxSignals: rule.maxSignals,
  severity: rule.severity,
  riskScore: rule.riskScore,
  termFields: rule.newTerms?.fields.join(', ') ?? '',
  history: rule.newTerms ? spanText(rule.newTerms.history) : '',
  groupFields: rule.threshold?.fields.join(', ') ?? '',
  least: rule.threshold?.value ?? 1,
  countedField: rule.threshold?.cardinality?.field ?? '',
  leastValues: rule.threshold?.cardinality?.value ?? 1,
});

const listOf = (text: string): string[] =>
  text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');

/** What the form says about one of its fields; none: it can be saved. */
export function problemsOf(rule: Rule, values: EditValues): Readonly<Partial<Record<keyof EditValues, string>>> {
  const span = (text: string) => (parseSpan(text) ? undefined : 'a length such as 5m, 1h or 7d');
  const problems = {
    name: values.name.trim() === '' ? 'a name is needed' : undefined,
    interval: span(values.interval),
    window: span(values.window),
    ...(rule.newTerms && { history: historyProblem(values) }),
    ...(rule.newTerms && {
      termFields: [1, 2, 3].includes(listOf(values.termFields).length) ? undefined : 'one to three fields',
    }),
  };
  return Object.fromEntries(Object.entries(problems).filter(([, problem]) => problem !== undefined));
}

function historyProblem({ history, window }: EditValues): string | undefined {
  const [length, least] = [parseSpan(history), parseSpan(window)];
  if (length === null) return 'a length such as 7d';
  return least !== null && length <= least ? 'longer than the look-back' : undefined;
}

/** The form as changes; only to be asked where it has no problems. */
export function changesOf(rule: Rule, values: EditValues): RuleChanges {
  const { name, query, maxSignals, severity, riskScore } = values;
  return {
    name: name.trim(),
    query,
    maxSignals,
    severity,
    riskScore,
    interval: parseSpan(values.interval) ?? rule.interval,
    window: parseSpan(values.window) ?? rule.window,
    ...(rule.newTerms && {
      newTerms: {
        fields: listOf(values.termFields),
        history: parseSpan(values.history) ?? rule.newTerms.history,
      },
    }),
    ...(rule.threshold && {
      threshold: { fields: listOf(values.groupFields), value: values.least, cardinality: cardinalityOf(values) },
    }),
  };
}

function cardinalityOf({ countedField, leastValues }: EditValues): { field: string; value: number } | null {
  const field = countedField.trim();
  return field === '' ? null : { field, value: leastValues };
}
