import type { Expression } from './expression.ts';
import { isHidden, type Plan, type Step } from './plan.ts';
import { fieldBehind, type Provenance, provenanceAfter, SOURCE } from './provenance.ts';
import { expressionsOf, visitExpression } from './walk.ts';

/**
 * The source fields whose values an expression or a plan reads, each once, in order of first use: all that a loader has to
 * read. Through renames a field keeps its own name. Fields that only pass into the rows of an answer count where a `keep`
 * names them; where none does, `showsEveryField` tells.
 */
export function fieldsOf(subject: Plan | Expression): readonly string[] {
  return 'steps' in subject ? fieldsOfPlan(subject) : [...new Set(columnsRead(subject))];
}

/** True where the rows of the answer hold every field, because no step chooses columns. */
export const showsEveryField = (plan: Plan): boolean =>
  !plan.steps.some((step) => step.kind === 'keep' || step.kind === 'aggregate' || step.kind === 'new-terms');

function fieldsOfPlan(plan: Plan): readonly string[] {
  const fields = new Set<string>();
  let provenance: Provenance = SOURCE;
  plan.steps.forEach((step, index) => {
    for (const column of columnsReadBy(step, plan.steps.slice(index + 1))) {
      const field = fieldOf(provenance, column);
      if (field !== null) fields.add(field);
    }
    provenance = provenanceAfter(provenance, step);
  });
  return [...fields];
}

/** An expanded column still needs its field's values, though it no longer holds them unchanged. */
const fieldOf = (provenance: Provenance, column: string): string | null =>
  isHidden(column) ? null : fieldBehind(provenance, column);

function columnsReadBy(step: Step, rest: readonly Step[]): readonly string[] {
  const read = expressionsOf(step).flatMap(columnsRead);
  if (step.kind === 'expand') return [...read, step.column];
  if (step.kind === 'new-terms') return [...step.fields, ...read, '@timestamp'];
  if (step.kind === 'keep' && reachesRows(rest)) return [...read, ...step.columns];
  return read;
}

/** Whether kept values show in the answer, or order it (ties of a sort look at every column), before rows are grouped. */
function reachesRows(rest: readonly Step[]): boolean {
  for (const step of rest) {
    if (step.kind === 'sort') return true;
    if (step.kind === 'aggregate' || step.kind === 'new-terms') return false;
  }
  return true;
}

function columnsRead(expression: Expression): readonly string[] {
  const names: string[] = [];
  visitExpression(expression, (node) => {
    if (node.kind === 'column' && !isHidden(node.name)) names.push(node.name);
    if (node.kind === 'any' && node.test.kind !== 'never') names.push(node.field);
  });
  return names;
}
