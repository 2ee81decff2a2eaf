import { formatInstant, type Instant } from '#shared/base/time.ts';
import type { FlatDocument } from '#shared/event/document.ts';
import type { Expression } from '#shared/plan/expression.ts';
import { printExpression } from '#shared/plan/print-expression.ts';
import { type Scalar, type ValueType, valuesOf } from '#shared/plan/value.ts';
import { visitExpression } from '#shared/plan/walk.ts';
import { type Cells, cell, cellsOfDocument } from './cells.ts';
import { passes } from './element-test.ts';
import type { ExplainedClause } from './explained-clause.ts';
import { evaluateTruth } from './expression.ts';
import type { Truth } from './logic.ts';
import { SILENT } from './warnings.ts';

export interface ExplainOptions {
  /** What `now` is. */
  readonly now: Instant;
  /** The query that the spans of the expression point into; without it clauses show as printed. */
  readonly text?: string | undefined;
}

/**
 * A filter clause by clause: what each came to on a document, and what it saw there. `and`, `or` and `not` keep their shape,
 * everything else is a leaf. A leaf that passed on some of a field's values saw those, any other saw all.
 */
export const explain = (expression: Expression, document: FlatDocument, options: ExplainOptions): ExplainedClause =>
  explainRow(expression, cellsOfDocument(document), options);

/** `explain` on a row of a plan: the conditions on a result's columns. */
export function explainRow(expression: Expression, cells: Cells, options: ExplainOptions): ExplainedClause {
  const outcome = outcomeOf(evaluateTruth(expression, cells, { now: options.now, warnings: SILENT }));
  const text = textOf(expression, options.text);
  const children = operandsOf(expression);
  if (children) {
    const explained = children.operands.map((operand) => explainRow(operand, cells, options));
    return { text, operator: children.operator, outcome, field: null, saw: [], children: explained };
  }
  return { text, operator: 'leaf', outcome, ...sightOf(expression, cells), children: [] };
}

const outcomeOf = (truth: Truth): ExplainedClause['outcome'] => (truth === null ? 'null' : truth ? 'pass' : 'fail');

interface Connective {
  readonly operator: 'and' | 'or' | 'not';
  readonly operands: readonly Expression[];
}

function operandsOf(expression: Expression): Connective | null {
  if (expression.kind === 'not') return { operator: 'not', operands: [expression.operand] };
  if (expression.kind !== 'and' && expression.kind !== 'or') return null;
  return { operator: expression.kind, operands: expression.operands };
}

const textOf = (expression: Expression, text: string | undefined): string =>
  expression.span && text !== undefined
    ? text.slice(expression.span.from, expression.span.to)
    : printExpression(expression);

interface Sight {
  readonly field: string | null;
  readonly saw: readonly string[];
}

function sightOf(leaf: Expression, cells: Cells): Sight {
  if (leaf.kind === 'any') {
    const values = valuesOf(cell(cells, leaf.field));
    const passing = values.filter((value) => passes(leaf, value));
    return { field: leaf.field, saw: shown(passing.length > 0 ? passing : values, leaf.type) };
  }
  if (leaf.kind === 'nested') return { field: leaf.path, saw: shown(valuesOf(cell(cells, leaf.path)), 'string') };
  const [first, ...others] = columnsIn(leaf);
  if (!first) return { field: null, saw: [] };
  const of = ({ name, type }: Column): readonly string[] => shown(valuesOf(cell(cells, name)), type);
  return {
    field: first.name,
    saw: [...of(first), ...others.flatMap((column) => of(column).map((value) => `${column.name}: ${value}`))],
  };
}

type Column = Expression & { readonly kind: 'column' };

/** Columns by first use, each once. */
function columnsIn(expression: Expression): readonly Column[] {
  const columns = new Map<string, Column>();
  visitExpression(expression, (node) => {
    if (node.kind === 'column' && !columns.has(node.name)) columns.set(node.name, node);
  });
  return [...columns.values()];
}

const shown = (values: readonly Scalar[], type: ValueType): readonly string[] =>
  values.map((value) => (type === 'datetime' ? formatInstant(Number(value)) : String(value)));
