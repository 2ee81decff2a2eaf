import type { Diagnostic } from '#shared/base/diagnostic.ts';
import { fail, type Result } from '#shared/base/result.ts';
import type { FieldCatalogue } from '#shared/event/field.ts';
import { compileEsqlRule } from './compile-esql.ts';
import { compileNewTermsRule } from './compile-new-terms.ts';
import { compileQueryRule } from './compile-query.ts';
import { compileThresholdRule } from './compile-threshold.ts';
import type { CompiledRule } from './compiled-rule.ts';
import type { RuleException } from './exceptions-in-force.ts';
import type { Rule, RuleType } from './rule.ts';
import { keyProblem, type RuleProblem } from './rule-problem.ts';

/**
 * Compiles a rule over a store's fields. Problems of the query have spans in it; those of an exception name the exception.
 * A rule with an exception that cannot be applied is not evaluated at all, as in Elastic (elastic/kibana
 * `unable to fetch exception list items`).
 */
export function compileRule(
  rule: Rule,
  catalogue: FieldCatalogue,
  exceptions: readonly RuleException[],
): Result<CompiledRule, readonly Diagnostic[]> {
  const unknown = namedFields(rule).filter(([, field]) => !catalogue.find(field));
  return unknown.length > 0 ? fail(unknown.map(unknownField)) : COMPILERS[rule.type](rule, catalogue, exceptions);
}

const COMPILERS: Readonly<Record<RuleType, typeof compileRule>> = {
  esql: compileEsqlRule,
  new_terms: compileNewTermsRule,
  query: compileQueryRule,
  threshold: compileThresholdRule,
};

/** Fields that a rule names outside of its query, each with the key that does. */
const namedFields = ({ newTerms, threshold }: Rule): readonly (readonly [string, string])[] => [
  ...(newTerms?.fields ?? []).map((field) => ['rule.new_terms', field] as const),
  ...(threshold?.fields ?? []).map((field) => ['rule.threshold', field] as const),
  ...(threshold?.cardinality ? [['rule.threshold', threshold.cardinality.field] as const] : []),
];

const unknownField = ([path, field]: readonly [string, string]): RuleProblem => ({
  ...keyProblem('unknown-field', path, `names the field ${field}, which the events do not have.`),
});
