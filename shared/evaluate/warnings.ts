import { positionAt, type Span } from '#shared/base/diagnostic.ts';
import type { Expression } from '#shared/plan/expression.ts';
import type { Failure } from '#shared/plan/failure.ts';
import { printExpression } from '#shared/plan/print-expression.ts';
import type { EvaluationWarning } from '#shared/plan/result.ts';
import { childrenOf } from '#shared/plan/walk.ts';

const REASONS: Readonly<Record<Failure, string>> = {
  'multi-value': 'single-value function encountered multi-value',
  'division-by-zero': '/ by zero',
  overflow: 'result is out of range',
  unreadable: 'cannot convert the value',
  'negative-length': 'length must not be negative',
};

/**
 * The sentence for a failure at a node, as Elasticsearch words its two warning headers (SEMANTICS §2.4), in one. Place and
 * wording of the query where the text is at hand, else the printed expression.
 */
export function warningMessage(node: Expression, failure: Failure, text?: string): string {
  const span = spanOf(node);
  const located = span && text !== undefined;
  const place = located ? positionAt(text, span.from) : undefined;
  const shown = located ? text.slice(span.from, span.to) : printExpression(node);
  const start = place ? `Line ${place.line}:${place.column}: ` : '';
  return `${start}evaluation of [${shown}] failed, treating result as null: ${REASONS[failure]}`;
}

/** Where it stands, or what it is made of: the lowering makes nodes that nobody has written. */
function spanOf(node: Expression): Span | undefined {
  if (node.span) return node.span;
  const parts = childrenOf(node).flatMap((child) => spanOf(child) ?? []);
  if (parts.length === 0) return undefined;
  return { from: Math.min(...parts.map(({ from }) => from)), to: Math.max(...parts.map(({ to }) => to)) };
}

/** Collects failures: how many rows met each. A row counts once for a message, however often it failed. */
export interface Warnings {
  nextRow(): void;
  add(node: Expression, failure: Failure): void;
  list(): readonly EvaluationWarning[];
}

export function collectWarnings(text?: string): Warnings {
  const rows = new Map<string, Set<number>>();
  let row = 0;
  return {
    nextRow: () => {
      row += 1;
    },
    add: (node, failure) => {
      const message = warningMessage(node, failure, text);
      const met = rows.get(message) ?? new Set();
      rows.set(message, met.add(row));
    },
    list: () => [...rows].map(([message, met]) => ({ message, rows: met.size })),
  };
}

/** For evaluations whose caller only wants the value. */
export const SILENT: Pick<Warnings, 'add'> = { add: () => {} };
