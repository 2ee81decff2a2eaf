import type { Diagnostic, Span } from '#shared/base/diagnostic.ts';

interface Description {
  readonly code: string;
  readonly message: string;
  readonly remedy?: string;
  readonly span: Span;
}

export const error = (description: Description): Diagnostic => ({ severity: 'error', ...description });
export const warning = (description: Description): Diagnostic => ({ severity: 'warning', ...description });
