import { checkSource } from '#server/rules/check-source.ts';
import { readRuleSources } from '#server/rules/rule-source.ts';
import type { Diagnostic } from '#shared/base/diagnostic.ts';
import { ECS_PROCESS } from '#shared/event/ecs.ts';
import type { FieldCatalogue } from '#shared/event/field.ts';
import { compileEsql } from '#shared/lang/esql/compile.ts';
import { compileKql } from '#shared/lang/kql/compile.ts';
import { sourceColumns } from '#shared/plan/columns.ts';
import type { Plan } from '#shared/plan/plan.ts';
import { validatePlan } from '#shared/plan/validate.ts';

/** Whether the text was taken or refused; throws where neither is done as it must be. */
export type Reader = (text: string) => boolean;

/** Errors of a query stand in it: each says something about a stretch of the text. */
function refused(text: string, problems: readonly Diagnostic[]): false {
  if (problems.length === 0) throw new Error('is refused without a word');
  for (const { message, span } of problems) {
    if (message === '') throw new Error('has a problem without a message');
    if (!span) throw new Error(`has a problem without a place: ${message}`);
    if (!(span.from >= 0 && span.from <= span.to && span.to <= text.length)) {
      throw new Error(`has a problem outside of the text, at ${span.from} to ${span.to}: ${message}`);
    }
  }
  return false;
}

function taken(plan: Plan, catalogue: FieldCatalogue): true {
  const [problem] = validatePlan(plan, sourceColumns(catalogue));
  if (problem) throw new Error(`makes a plan that is not sound: ${problem.message}`);
  return true;
}

function readKql(text: string, catalogue: FieldCatalogue): boolean {
  const compiled = compileKql(text, catalogue);
  if (!compiled.ok) return refused(text, compiled.error);
  return taken({ steps: [{ kind: 'filter', where: compiled.value.expression }] }, catalogue);
}

function readEsql(text: string, catalogue: FieldCatalogue): boolean {
  const compiled = compileEsql(text, catalogue);
  return compiled.ok ? taken(compiled.value.plan, catalogue) : refused(text, compiled.error);
}

/** Line and column, from 1, within the file; where a rule is refused there is an error. */
function readRules(text: string): boolean {
  const lines = text.split('\n');
  const { rules } = readRuleSources(text, 'fuzz');
  for (const source of rules) {
    const { compiled, diagnostics } = checkSource(source, ECS_PROCESS);
    if (!compiled && diagnostics.length === 0) throw new Error('is refused without a word');
    for (const { line, column, message } of diagnostics) {
      const length = lines[line - 1]?.length;
      if (message === '' || length === undefined || column < 1 || column > length + 1) {
        throw new Error(`has a problem outside of the text, at ${line}:${column}: ${message}`);
      }
    }
  }
  return rules.length > 0 && rules.every(({ rule }) => rule.ok);
}

/** Everything that reads what a user wrote, over the fields that the texts name. */
export const readersOver = (catalogue: FieldCatalogue) =>
  ({
    kql: (text) => readKql(text, catalogue),
    esql: (text) => readEsql(text, catalogue),
    toml: readRules,
    ndjson: readRules,
    pattern: (text) => readEsql(text, catalogue),
  }) satisfies Record<string, Reader>;
