import type { RuleExplanation } from '#shared/api/explain.ts';
import { formatInstant } from '#shared/base/time.ts';
import { TICK_COLUMN, type Ticks } from '#shared/plan/plan.ts';
import { type Row, valuesOf } from '#shared/plan/value.ts';
import type { Rule } from '#shared/rule/rule.ts';
import { gated, groupOf, passing, rowsOf } from './explain-row.ts';
import { type Explaining, explainable, nothing } from './explaining.ts';

/** What became of a group, by values of its keys: in the run where it came nearest to an alert. */
export async function explainGroup(
  context: Explaining,
  rule: Rule,
  wanted: Readonly<Record<string, string>>,
  ticks: Ticks,
): Promise<RuleExplanation> {
  const compiled = explainable(context, rule);
  if (!('plan' in compiled)) return compiled;
  const isWanted = (row: Row): boolean =>
    Object.entries(wanted).every(([key, value]) => valuesOf(row[key]).map(String).includes(value));
  const alerting = (await rowsOf(context, compiled, ticks, false)).find(isWanted);
  if (alerting) {
    const at = formatInstant(Number(alerting[TICK_COLUMN]));
    const group = groupOf(compiled, alerting);
    return { ...nothing(rule), at, group, fate: 'alerts', because: `The run at ${at} has a row for it.` };
  }
  const rows = (await rowsOf(context, compiled, ticks, true)).filter(isWanted);
  const nearest = rows.toSorted((left, right) => passing(compiled, right) - passing(compiled, left))[0];
  if (nearest) {
    const at = formatInstant(Number(nearest[TICK_COLUMN]));
    return { ...nothing(rule), at, ...gated(context, compiled, nearest) };
  }
  const because = rule.newTerms
    ? 'No run found these terms to be new: no event that matches has them, or they were there before.'
    : 'No event that matches the rule has these keys.';
  return { ...nothing(rule), fate: rule.newTerms ? 'not-new' : 'no-match', because };
}
