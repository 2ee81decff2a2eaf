import { type Diagnostic, formatDiagnostic } from '#shared/base/diagnostic.ts';

/** Why the command cannot do what was asked: one line for standard error, exit code 2. */
export class Problem extends Error {
  override readonly name = 'Problem';
}

/** The first error of a query or rule with its place, and how many more there are. */
export function queryProblem(what: string, text: string, diagnostics: readonly Diagnostic[]): Problem {
  const errors = diagnostics.filter(({ severity }) => severity === 'error');
  const [first] = errors.length > 0 ? errors : diagnostics;
  const more = errors.length > 1 ? ` (and ${errors.length - 1} more)` : '';
  return new Problem(`${what}: ${first ? formatDiagnostic(text, first) : 'cannot be read'}${more}`);
}

export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EACCES: 'may not be read',
  EISDIR: 'is a folder',
};

/** Why a file cannot be read, in words. */
export function reasonOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return REASONS[code] ?? messageOf(error);
}
