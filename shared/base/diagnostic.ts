/** A stretch of a text, as UTF-16 offsets: `from` inclusive, `to` exclusive. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

export type Severity = 'error' | 'warning';

/**
 * A problem in something a user gave: a query, a rule, an exception. Problems are data: they are collected, shown at
 * their place and never thrown.
 */
export interface Diagnostic {
  /** Stable, kebab-case, made for machines: `unknown-column`, `syntax`, `unsupported-command`. */
  readonly code: string;
  readonly severity: Severity;
  /** One sentence for the user: what is wrong. */
  readonly message: string;
  /** What to do about it, where we know. */
  readonly remedy?: string;
  readonly span?: Span;
}

export interface Position {
  /** From 1. */
  readonly line: number;
  /** From 1, in UTF-16 units. */
  readonly column: number;
}

/** Line and column of an offset; a line ends at `\n`. */
export function positionAt(text: string, offset: number): Position {
  const before = text.slice(0, offset);
  const lineStart = before.lastIndexOf('\n') + 1;
  return { line: before.split('\n').length, column: offset - lineStart + 1 };
}

/** `line 3:12: message`, with the remedy behind it: how a terminal shows a diagnostic. */
export function formatDiagnostic(text: string, diagnostic: Diagnostic): string {
  const place = diagnostic.span ? positionAt(text, diagnostic.span.from) : undefined;
  const remedy = diagnostic.remedy ? ` ${diagnostic.remedy}` : '';
  return `${place ? `line ${place.line}:${place.column}: ` : ''}${diagnostic.message}${remedy}`;
}

export const hasErrors = (diagnostics: readonly Diagnostic[]): boolean =>
  diagnostics.some((diagnostic) => diagnostic.severity === 'error');
