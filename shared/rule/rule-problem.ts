import type { Diagnostic } from '#shared/base/diagnostic.ts';

/** A problem of a rule: in its query, where it has a span, or with one key of its file. */
export interface RuleProblem extends Diagnostic {
  /** The key, as `rule.interval`. */
  readonly path?: string;
  /** Or its place in the file, of what is no rule at all. */
  readonly offset?: number;
}

/** A problem with one key, which the message names. */
export const keyProblem = (code: string, path: string, problem: string): RuleProblem => ({
  code,
  severity: 'error',
  message: `${path} ${problem}`,
  path,
});
