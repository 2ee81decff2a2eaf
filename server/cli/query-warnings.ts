import { type Diagnostic, formatDiagnostic } from '#shared/base/diagnostic.ts';
import type { EvaluationWarning } from '#shared/plan/result.ts';
import type { AskedQuery } from './asking.ts';
import { queryProblem } from './problem.ts';
import { note, type Terminal } from './terminal.ts';

export function warn(terminal: Terminal, { text }: AskedQuery, warnings: readonly Diagnostic[]): void {
  for (const warning of warnings) note(terminal, `warning: ${formatDiagnostic(text, warning)}`);
}

export function warnOfEvaluation(terminal: Terminal, warnings: readonly EvaluationWarning[]): void {
  for (const { message, rows } of warnings) note(terminal, `warning: ${message} (${rows} rows)`);
}

/** Ends the command where the engine cannot do what the query asks. */
export function refuseGaps({ name, text }: AskedQuery, gaps: readonly Diagnostic[]): void {
  if (gaps.length > 0) throw queryProblem(name, text, gaps);
}
