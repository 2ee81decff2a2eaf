import type { Diagnostic } from '#shared/base/diagnostic.ts';
import type { FieldCatalogue } from '#shared/event/field.ts';
import { sourceColumns } from '#shared/plan/columns.ts';
import type { Expression } from '#shared/plan/expression.ts';
import type { Plan } from '#shared/plan/plan.ts';
import { hasLook } from '#shared/plan/regex.ts';
import { validatePlan } from '#shared/plan/validate.ts';
import { childrenOf, expressionsOf, visitExpression } from '#shared/plan/walk.ts';
import { unclearCaptures } from './extract.ts';
import { canCall } from './functions/call.ts';

/** What of a plan this engine cannot do: what makes no sense over these fields, and functions that it lacks, each once. */
export function checkPlan(plan: Plan, catalogue: FieldCatalogue): readonly Diagnostic[] {
  return [
    ...validatePlan(plan, sourceColumns(catalogue)),
    ...missingFunctions(plan),
    ...unclear(plan),
    ...tooDeep(plan),
  ];
}

function missingFunctions(plan: Plan): readonly Diagnostic[] {
  const missing = new Map<string, Diagnostic>();
  for (const expression of plan.steps.flatMap(expressionsOf)) {
    visitExpression(expression, (node) => {
      if (node.kind === 'call' && !canCall(node.name) && !missing.has(node.name)) missing.set(node.name, lacks(node));
    });
  }
  return [...missing.values()];
}

const lacks = ({ name, span }: Expression & { readonly kind: 'call' }): Diagnostic => ({
  code: 'missing-function',
  severity: 'error',
  message: `The event store has no function ${name}.`,
  ...(span && { span }),
});

/** Captures of which the engine cannot tell whether they took nothing or had no part; looks aside, which it does not have. */
function unclear(plan: Plan): readonly Diagnostic[] {
  const found: Diagnostic[] = [];
  for (const expression of plan.steps.flatMap(expressionsOf)) {
    visitExpression(expression, (node) => {
      const isUnclear = node.kind === 'extract' && unclearCaptures(node).length > 0;
      const looks = (node.kind === 'extract' || node.kind === 'replace') && hasLook(node.regex);
      if (!isUnclear && !looks) return;
      const what = looks ? 'that look aside' : 'whose optional capture may be empty';
      found.push({
        code: 'unsupported-pattern',
        severity: 'error',
        message: `The event store has no patterns ${what}.`,
        ...(node.span && { span: node.span }),
      });
    });
  }
  return found;
}

/** The engine reads SQL nested a thousand deep; one of our nodes takes up to eight. */
const DEEPEST = 100;

function tooDeep(plan: Plan): readonly Diagnostic[] {
  const deepest = plan.steps.flatMap(expressionsOf).find((expression) => isDeeper(expression, DEEPEST));
  if (!deepest) return [];
  return [
    {
      code: 'too-deep',
      severity: 'error',
      message: `The event store evaluates expressions nested up to ${DEEPEST} deep; this one is deeper.`,
      ...(deepest.span && { span: deepest.span }),
    },
  ];
}

/** Stops where the answer is known: a list of thousands of operands is wide, not deep. */
const isDeeper = (expression: Expression, depth: number): boolean =>
  depth === 0 || childrenOf(expression).some((child) => isDeeper(child, depth - 1));
