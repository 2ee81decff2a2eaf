import { must } from '#shared/base/assert.ts';
import { ruleFromElastic } from '#shared/rule/elastic-toml.ts';
import type { Rule } from '#shared/rule/rule.ts';

/** A rule of a file that says only this. */
export function madeRule(rule: object): Rule {
  const common = { rule_id: 'made', name: 'Made', description: '', severity: 'low', risk_score: 21, query: '' };
  const read = ruleFromElastic({ rule: { ...common, ...rule } }, 'made');
  return must(read.ok ? read.value : null, JSON.stringify(read));
}
