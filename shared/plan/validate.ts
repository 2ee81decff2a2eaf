import { unreachable } from '#shared/base/assert.ts';
import type { Diagnostic } from '#shared/base/diagnostic.ts';
import { columnsAfter } from './columns.ts';
import type { Expression } from './expression.ts';
import { findFunction } from './functions.ts';
import { isHidden, type Plan, type Step } from './plan.ts';
import type { ResultColumn } from './result.ts';
import { expressionsOf, visitExpression } from './walk.ts';

/**
 * What is wrong with a plan over these source columns (hidden ones too): columns that do not exist at their step, names
 * given twice, unknown functions, and hidden columns that a step would overwrite or rename. Empty for every plan that a
 * compiler of ours makes; a store checks what comes from elsewhere.
 */
export function validatePlan(plan: Plan, source: readonly ResultColumn[]): readonly Diagnostic[] {
  const problems: Diagnostic[] = [];
  let columns = source;
  plan.steps.forEach((step, index) => {
    const names = new Set(columns.map((column) => column.name));
    for (const message of problemsOf(step, names)) {
      problems.push({
        code: 'invalid-plan',
        severity: 'error',
        message: `Step ${index + 1} (${step.kind}): ${message}`,
      });
    }
    columns = columnsAfter([step], columns);
  });
  return problems;
}

type Names = ReadonlySet<string>;

function problemsOf(step: Step, names: Names): readonly string[] {
  switch (step.kind) {
    case 'keep':
      return [
        ...missing(step.columns, names),
        ...repeated(step.columns),
        ...step.columns.filter(isHidden).map(touched),
      ];
    case 'drop':
      return repeated(step.columns);
    case 'derive':
      return problemsOfDerive(step, names);
    case 'rename':
      return [
        ...missing(
          step.columns.map(({ from }) => from),
          names,
        ),
        ...step.columns
          .flatMap(({ from, to }) => [from, to])
          .filter(isHidden)
          .map(touched),
      ];
    case 'aggregate':
      return [
        ...inExpressions(expressionsOf(step), names),
        ...repeated([...step.aggregates, ...step.keys].map(({ name }) => name)),
        ...(step.aggregates.length + step.keys.length === 0 ? ['neither an aggregate nor a key'] : []),
      ];
    case 'inline-aggregate':
      return [
        ...inExpressions(expressionsOf(step), names),
        ...missing(step.by, names),
        ...repeated([...step.aggregates.map(({ name }) => name), ...step.by]),
        ...(step.aggregates.length === 0 ? ['no aggregate'] : []),
      ];
    case 'limit':
      return [
        ...missing(step.per ?? [], names),
        ...(Number.isInteger(step.count) && step.count >= 0 ? [] : [`${step.count} is no number of rows`]),
      ];
    case 'expand':
      return missing([step.column], names);
    case 'new-terms':
      return [...missing(step.fields, names), ...repeated(step.fields), ...inExpressions([step.time], names)];
    case 'filter':
    case 'sort':
    case 'ticks':
      return inExpressions(expressionsOf(step), names);
    default:
      return unreachable(step);
  }
}

/** Later columns see earlier ones. */
function problemsOfDerive(step: Step & { readonly kind: 'derive' }, names: Names): readonly string[] {
  const known = new Set(names);
  return step.columns.flatMap(({ name, value }) => {
    const problems = inExpressions([value], known);
    const overwritten = isHidden(name) && known.has(name) ? [touched(name)] : [];
    known.add(name);
    return [...problems, ...overwritten];
  });
}

function inExpressions(expressions: readonly Expression[], names: Names): readonly string[] {
  const problems: string[] = [];
  for (const expression of expressions) {
    visitExpression(expression, (node) => {
      if (node.kind === 'column') problems.push(...missing([node.name], names));
      // What is true of no element reads no column: so a query may name a field that nobody maps.
      if (node.kind === 'any' && node.test.kind !== 'never') problems.push(...missing([node.field], names));
      if (node.kind === 'nested') problems.push(...missing([node.path], names));
      if (node.kind === 'call' && !findFunction(node.name)) problems.push(`no function ${node.name}`);
    });
  }
  return problems;
}

const missing = (wanted: readonly string[], names: Names): readonly string[] =>
  wanted.filter((name) => !names.has(name)).map((name) => `no column ${name}`);

const repeated = (names: readonly string[]): readonly string[] =>
  [...new Set(names.filter((name, index) => names.indexOf(name) !== index))].map((name) => `column ${name} twice`);

const touched = (name: string): string => `${name} is not the query's to change`;
