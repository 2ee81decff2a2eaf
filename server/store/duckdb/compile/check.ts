import type { Diagnostic } from '#shared/base/diagnostic.ts';
import type { FieldCatalogue } from '#shared/event/field.ts';
import { columnsAfter, sourceColumns } from '#shared/plan/columns.ts';
import type { Expression } from '#shared/plan/expression.ts';
import type { Plan, Step } from '#shared/plan/plan.ts';
import { expressionsOf, visitExpression } from '#shared/plan/walk.ts';
import { canCall } from './functions/call.ts';

/** What of a plan this engine cannot do, each once: functions that it lacks, columns that are not there. */
export function checkPlan(plan: Plan, catalogue: FieldCatalogue): readonly Diagnostic[] {
  const found = new Map<string, Diagnostic>();
  plan.steps.forEach((step, index) => {
    const columns = columnsAfter(plan.steps.slice(0, index), sourceColumns(catalogue));
    const names = new Set(columns.map(({ name }) => name));
    for (const diagnostic of checkStep(step, names)) found.set(diagnostic.message, diagnostic);
  });
  return [...found.values()];
}

function checkStep(step: Step, columns: ReadonlySet<string>): readonly Diagnostic[] {
  const known = new Set([...columns, ...(step.kind === 'derive' ? step.columns.map(({ name }) => name) : [])]);
  const problems = columnsNamed(step)
    .filter((name) => !known.has(name))
    .map((name) => unknownColumn({ name }));
  for (const expression of expressionsOf(step)) {
    visitExpression(expression, (node) => problems.push(...checkNode(node, known)));
  }
  return problems;
}

function columnsNamed(step: Step): readonly string[] {
  switch (step.kind) {
    case 'keep':
      return step.columns;
    case 'rename':
      return step.columns.slice(0, 1).map(({ from }) => from);
    case 'limit':
      return step.per ?? [];
    case 'expand':
      return [step.column];
    case 'new-terms':
      return step.fields;
    default:
      return [];
  }
}

function checkNode(node: Expression, known: ReadonlySet<string>): readonly Diagnostic[] {
  if (node.kind === 'call' && !canCall(node.name)) return [missingFunction(node)];
  if (node.kind === 'column' && !known.has(node.name)) return [unknownColumn(node)];
  return node.kind === 'any' && !known.has(node.field) ? [unknownColumn({ ...node, name: node.field })] : [];
}

type Named = Pick<Expression & { readonly kind: 'column' }, 'name' | 'span'>;

const missingFunction = ({ name, span }: Named): Diagnostic => ({
  code: 'missing-function',
  severity: 'error',
  message: `The event store has no function ${name}.`,
  ...(span && { span }),
});

const unknownColumn = ({ name, span }: Named): Diagnostic => ({
  code: 'unknown-column',
  severity: 'error',
  message: `There is no column ${name}.`,
  ...(span && { span }),
});
