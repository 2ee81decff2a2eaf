import { visibleText } from '#client/format/hostile.ts';
import { formatShare } from '#client/format/number.ts';
import type { RuleOrigin } from '#shared/api/rules.ts';
import type { RuleType } from '#shared/rule/rule.ts';

export const TYPE_WORDS: Readonly<Record<RuleType, string>> = {
  esql: 'ES|QL',
  new_terms: 'New terms, KQL',
  query: 'Query, KQL',
  threshold: 'Threshold, KQL',
};

export const ORIGIN_WORDS: Readonly<Record<RuleOrigin, string>> = {
  shipped: '',
  changed: 'changed here',
  own: 'your own',
};

/** What is said of a change that the server keeps until these fields have been read. */
export const waitsWords = (fields: readonly string[]): string =>
  `Kept: it is saved as soon as ${visibleText(fields.join(', '))} has been read from stored records.`;

/** Below so many verdicts a rate says nothing and is left out. */
export const SMALLEST_SAMPLE = 20;

export interface Precision {
  readonly right: number;
  readonly judged: number;
}

/** How often the rule was right, of the verdicts that say whether it was: allowed activity counts as right. */
export function precisionOf(verdicts: Readonly<Record<string, number>>): Precision {
  const count = (...names: readonly string[]) => names.reduce((sum, name) => sum + (verdicts[name] ?? 0), 0);
  const right = count('true-positive-impact', 'true-positive-no-impact', 'benign');
  return { right, judged: right + count('false-positive') };
}

/** Empty below the smallest sample. */
export const precisionText = ({ right, judged }: Precision): string =>
  judged >= SMALLEST_SAMPLE ? formatShare(right / judged) : '';
