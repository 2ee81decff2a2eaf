import type { Diagnostic } from '#shared/base/diagnostic.ts';

/** A finding, with the number of the entry that it is about, from 0; absent: the whole item. */
export type LintFinding = Diagnostic & { readonly entry?: number };

/** It works, and does more, less or other than it seems to. */
export const warning = (code: string, message: string, remedy: string): Diagnostic => ({
  code,
  severity: 'warning',
  message,
  remedy,
});

/** It could never work as written. */
export const error = (code: string, message: string, remedy: string): Diagnostic => ({
  code,
  severity: 'error',
  message,
  remedy,
});
