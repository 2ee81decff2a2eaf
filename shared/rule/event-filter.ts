import type { Expression } from '#shared/plan/expression.ts';
import { mapExpression } from '#shared/plan/map.ts';
import type { Step } from '#shared/plan/plan.ts';
import { visitExpression } from '#shared/plan/walk.ts';

/** Conditions that all must hold, taken out of nested ANDs. */
export const conjunctsOf = (expression: Expression): readonly Expression[] =>
  expression.kind === 'and' ? expression.operands.flatMap(conjunctsOf) : [expression];

/** Whether a condition depends on the time of the run. */
export function dependsOnNow(expression: Expression): boolean {
  let found = false;
  visitExpression(expression, (node) => {
    found ||= node.kind === 'now';
  });
  return found;
}

/** What a column's name stands for at a step: an expression over source fields, or null where there is none. */
type Definitions = ReadonlyMap<string, Expression | null>;

/**
 * The conditions that a pipeline puts on single events before it groups them, over source fields: names that steps gave are
 * put back to what they stand for. A condition on an expanded column is about one of several values and not about the event:
 * it is left out, so that the rest holds for every event the pipeline uses.
 */
export function eventConditions(steps: readonly Step[]): readonly Expression[] {
  const conditions: Expression[] = [];
  let names: Definitions = new Map();
  for (const step of steps) {
    // What comes behind groups chooses groups, or what is counted in them.
    if (step.kind === 'aggregate' || step.kind === 'inline-aggregate' || step.kind === 'new-terms') break;
    if (step.kind === 'filter') {
      conditions.push(...conjunctsOf(step.where).flatMap((condition) => overSource(condition, names) ?? []));
    }
    names = definitionsAfter(names, step);
  }
  return conditions;
}

function definitionsAfter(names: Definitions, step: Step): Definitions {
  switch (step.kind) {
    case 'derive':
      return step.columns.reduce((known, { name, value }) => new Map(known).set(name, overSource(value, known)), names);
    case 'rename':
      return step.columns.reduce((known, { from, to }) => {
        const held = known.get(from);
        return new Map(known).set(to, held === undefined ? sourceColumn(from) : held).set(from, null);
      }, names);
    case 'expand':
      return new Map(names).set(step.column, null);
    default:
      return names;
  }
}

/** Types of renamed columns come from the node that reads them. */
const sourceColumn = (name: string): Expression => ({ kind: 'column', name, type: 'null' });

/** Null where it reads a column that is no function of the event. */
function overSource(expression: Expression, names: Definitions): Expression | null {
  let known = true;
  const replaced = mapExpression(expression, (node) => {
    if (node.kind === 'any' && names.has(node.field)) known = false;
    if (node.kind === 'nested' && names.has(node.path)) known = false;
    if (node.kind !== 'column') return node;
    const definition = names.get(node.name);
    if (definition === undefined) return node;
    if (definition === null) known = false;
    return definition?.kind === 'column' ? { ...definition, type: node.type } : (definition ?? node);
  });
  return known ? replaced : null;
}
