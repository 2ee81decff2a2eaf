import type { Diagnostic } from '#shared/base/diagnostic.ts';
import { compileException, compileResultException, type ItemContext } from '../compile.ts';
import { type AnyEntry, type ExceptionStage, NO_REASON } from '../item.ts';
import { type LintFinding, warning } from './finding.ts';
import { lintBreadth } from './lint-breadth.ts';
import type { LintContext } from './lint-context.ts';
import { lintEntry } from './lint-entry.ts';

export interface LintedDraft extends ItemContext {
  readonly stage: ExceptionStage;
  readonly entries: readonly AnyEntry[];
  readonly reason?: string;
}

/**
 * What is wrong with a draft, and what may surprise its author. Errors: it could never work as written. Warnings: it works,
 * and does more, less or other than it seems to.
 */
export function lintException(draft: LintedDraft, context: LintContext): readonly LintFinding[] {
  const perEntry = draft.entries.flatMap((entry, index) =>
    lintEntry(entry, draft.stage, context).map((finding) => ({ ...finding, entry: index })),
  );
  return [...lintTypes(draft, context), ...perEntry, ...lintBreadth(draft.entries), ...lintReason(draft)];
}

/** What compiling refuses: values that the field's type cannot hold, columns that the result does not have. */
function lintTypes(draft: LintedDraft, { catalogue, columns }: LintContext): readonly Diagnostic[] {
  const { stage, entries } = draft;
  const compiled =
    stage === 'event' ? compileException(entries, catalogue, draft) : compileResultException(entries, columns, draft);
  return compiled.ok ? [] : compiled.error;
}

/** Whoever reviews it has only its words. Items of a file may come without any. */
export function lintReason({ reason }: Pick<LintedDraft, 'reason'>): readonly Diagnostic[] {
  if (reason === undefined || (reason.trim() !== '' && reason !== NO_REASON)) return [];
  return [warning('no-reason', 'Nobody has said why this may be left out.', 'Write down who agreed to it, and why.')];
}
