import type { EventStore } from '#server/store/event-store.ts';
import type { RuleExplanation } from '#shared/api/explain.ts';
import { formatDiagnostic, hasErrors } from '#shared/base/diagnostic.ts';
import type { Instant } from '#shared/base/time.ts';
import { compileRule } from '#shared/rule/compile.ts';
import type { CompiledRule } from '#shared/rule/compiled-rule.ts';
import type { RuleException } from '#shared/rule/exceptions-in-force.ts';
import type { Rule } from '#shared/rule/rule.ts';
import type { Reported } from './count-once.ts';
import type { EarlierReports } from './found-rows.ts';
import { checkRule } from './run.ts';

export interface Explaining extends Pick<EarlierReports, 'known'> {
  readonly store: EventStore;
  readonly exceptions: readonly RuleException[];
  /** What runs before this time have reported; see `countOnce`. */
  readonly reported?: (before: Instant) => Promise<Reported>;
  readonly signal?: AbortSignal;
}

/** What every explanation begins with. */
export const nothing = ({ slug, name, type }: Rule): Omit<RuleExplanation, 'fate' | 'because'> => ({
  rule: slug,
  name,
  type,
  at: null,
  clauses: null,
  group: null,
  firstSeen: null,
  exceptions: [],
});

/** A rule ready to be asked, or the explanation that it cannot be. */
export function explainable(context: Explaining, rule: Rule): CompiledRule | RuleExplanation {
  const compiled = compileRule(rule, context.store.catalogue, context.exceptions);
  const problems = compiled.ok ? checkRule(context.store, compiled.value) : compiled.error;
  if (compiled.ok && !hasErrors(problems)) return compiled.value;
  const because = problems.map((problem) => formatDiagnostic(rule.query, problem)).join(' ');
  return { ...nothing(rule), fate: 'cannot-run', because };
}
