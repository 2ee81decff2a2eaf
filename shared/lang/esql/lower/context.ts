import { type Diagnostic, hasErrors, type Severity, type Span } from '#shared/base/diagnostic.ts';
import type { FieldCatalogue } from '#shared/event/field.ts';
import type { Node } from '#shared/lang/esql/syntax/ast.ts';
import type { Expression } from '#shared/plan/expression.ts';
import type { Step } from '#shared/plan/plan.ts';
import type { Provenance } from '#shared/plan/provenance.ts';
import type { ResultColumn } from '#shared/plan/result.ts';

/** The columns that a command sees. */
export interface Scope {
  readonly columns: readonly ResultColumn[];
  /** Names whose value could not be compiled: using them is no second mistake. */
  readonly broken: ReadonlySet<string>;
  /** After an unsupported command: it may have added any column. */
  readonly open: boolean;
  /** Rows still are whole events, which have fields that are not known here. */
  readonly events: boolean;
}

/** What lowering a command works with: the query's text for names and messages, its columns, a place for problems. */
export interface Context {
  readonly text: string;
  readonly scope: Scope;
  /** Names of METADATA; those without a column here cannot be used. */
  readonly metadata: ReadonlySet<string>;
  readonly problems: Diagnostic[];
  /** Lowers an operand: what lowers a kind of expression need not know the others. */
  readonly lower: (node: Node, context: Context) => Lowered;
  readonly catalogue: FieldCatalogue;
  /** In expressions an unknown column is null, not a mistake. */
  readonly nullify?: boolean;
  /** Which columns still are fields of the event. */
  readonly provenance: Provenance;
  /** Inside STATS: makes a column of an aggregate; absent where aggregates may not stand. */
  readonly aggregate?: (call: Node & { readonly kind: 'call' }) => Expression | null;
}

/** What a command comes to: its steps, and what the next command sees. */
export interface Outcome {
  readonly steps: readonly Step[];
  readonly scope: Scope;
}

/** An expression, or null where its problem is reported already. */
export type Lowered = Expression | null;

export const sourceOf = (context: Context, span: Span): string => context.text.slice(span.from, span.to);

export const spanOf = ({ from, to }: Span): Span => ({ from, to });

export interface Problem {
  readonly code: string;
  readonly message: string;
  readonly remedy?: string;
  readonly severity?: Severity;
}

/** More than a reader looks at. */
const MOST_PROBLEMS = 100;

/** Whether there is no use in looking for further problems: the query has failed, and its author has enough to do. */
export const isFull = ({ problems }: Context): boolean => problems.length >= MOST_PROBLEMS && hasErrors(problems);

/** Reports a problem at its place. Null, so that lowering can end with it. */
export function report(context: Context, at: Span, { severity = 'error', ...problem }: Problem): null {
  if (!isFull(context)) context.problems.push({ ...problem, severity, span: spanOf(at) });
  return null;
}
