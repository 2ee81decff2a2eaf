import type { Expression } from './expression.ts';
import { isHidden, type Plan, type Step } from './plan.ts';
import { fieldBehind, type Provenance, provenanceAfter, SOURCE } from './provenance.ts';
import { expressionsOf, visitExpression } from './walk.ts';

/**
 * The source fields that an expression or a plan reads or names, each once, in order of first use: all that a store has to
 * hold to answer it. Through renames a field keeps its own name. Fields that nobody names but that pass into the rows of an
 * answer are not among them: `showsEveryField` tells.
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
  for (const step of plan.steps) {
    for (const column of columnsNamedBy(step)) {
      const field = fieldOf(provenance, column);
      if (field !== null) fields.add(field);
    }
    provenance = provenanceAfter(provenance, step);
  }
  return [...fields];
}

/** An expanded column still needs its field's values, though it no longer holds them unchanged. */
const fieldOf = (provenance: Provenance, column: string): string | null =>
  isHidden(column) ? null : fieldBehind(provenance, column);

function columnsNamedBy(step: Step): readonly string[] {
  const read = expressionsOf(step).flatMap(columnsRead);
  if (step.kind === 'expand') return [...read, step.column];
  if (step.kind === 'new-terms') return [...step.fields, ...read, '@timestamp'];
  if (step.kind === 'inline-aggregate') return [...read, ...step.by];
  if (step.kind === 'limit') return step.per ?? [];
  if (step.kind === 'keep') return [...read, ...step.columns];
  if (step.kind === 'rename') return [...read, ...step.columns.map(({ from }) => from)];
  return read;
}

function columnsRead(expression: Expression): readonly string[] {
  const names: string[] = [];
  visitExpression(expression, (node) => {
    if (node.kind === 'column' && !isHidden(node.name)) names.push(node.name);
    if (node.kind === 'nested') names.push(node.path);
    if (node.kind === 'any' && node.test.kind !== 'never') names.push(node.field);
  });
  return names;
}
