import type { Diagnostic } from '#shared/base/diagnostic.ts';
import { fail, type Result, succeed } from '#shared/base/result.ts';
import type { FieldCatalogue } from '#shared/event/field.ts';
import { anyItem } from '#shared/exceptions/any-item.ts';
import { compileException, compileResultException } from '#shared/exceptions/compile.ts';
import { type Expression, not } from '#shared/plan/expression.ts';
import type { ResultColumn } from '#shared/plan/result.ts';
import type { RuleException } from './exceptions-in-force.ts';

/** Exceptions as one condition, and one by one. */
export interface Excepted {
  readonly any: Expression;
  readonly items: readonly Expression[];
}

/** What is left over by a rule's exceptions, at each stage; null where there are none. */
export interface Spared {
  readonly events: Expression | null;
  readonly rows: Expression | null;
  /** What is not left over of events: true or false of each. */
  readonly excepted: Excepted | null;
  /** Of exceptions that are left out. */
  readonly warnings: readonly Diagnostic[];
}

/**
 * What Elastic leaves an exception out for, and goes on without it (elastic/kibana `build_exception_filter`, "won't be applied to
 * rule execution"): every other problem is a mistake, and fails the run.
 */
const LEAVES_OUT = 'list-too-long';

/** Compiles exceptions: what must hold for an event, over source fields, and for a row, over its columns. */
export function compileExceptions(
  exceptions: readonly RuleException[],
  catalogue: FieldCatalogue,
  columns: readonly ResultColumn[],
): Result<Spared, readonly Diagnostic[]> {
  const problems: Diagnostic[] = [];
  const warnings: Diagnostic[] = [];
  const stage = (
    wanted: RuleException['stage'],
    compile: (exception: RuleException) => Result<Expression, readonly Diagnostic[]>,
  ): Excepted | null => {
    const items = exceptions.filter((exception) => exception.stage === wanted);
    const compiled = items.flatMap((exception) => {
      const item = compile(exception);
      if (item.ok) return [item.value];
      const isLeftOut = item.error.every(({ code }) => code === LEAVES_OUT);
      if (isLeftOut) warnings.push(...item.error.map((problem) => leftOut(exception.name, problem)));
      else problems.push(...item.error.map((problem) => ofException(exception.name, problem)));
      return [];
    });
    return compiled.length > 0 ? { any: anyItem(compiled), items: compiled } : null;
  };
  const excepted = stage('event', (exception) => compileException(exception.entries, catalogue, exception));
  const rows = stage('result', (exception) => compileResultException(exception.entries, columns, exception));
  if (problems.length > 0) return fail(problems);
  return succeed({ events: excepted && not(excepted.any), rows: rows && not(rows.any), excepted, warnings });
}

const leftOut = (name: string, { code, message }: Diagnostic): Diagnostic => ({
  code,
  severity: 'warning',
  message: `Exception "${name}" is not applied: ${message}`,
});

/** Its span would point into the rule's query, where the problem is not. */
const ofException = (name: string, { span: _span, ...problem }: Diagnostic): Diagnostic => ({
  ...problem,
  message: `Exception "${name}": ${problem.message}`,
});
