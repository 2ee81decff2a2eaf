import type * as z from 'zod';
import type { EventStore } from '#server/store/event-store.ts';
import type { checkException } from '#shared/api/exceptions.ts';
import type { Instant } from '#shared/base/time.ts';
import type { ItemContext } from '#shared/exceptions/compile.ts';
import type { ExceptionDraft } from '#shared/exceptions/item.ts';
import { lintAmong } from '#shared/exceptions/lint/lint-among.ts';
import type { LintContext } from '#shared/exceptions/lint/lint-context.ts';
import { lintException } from '#shared/exceptions/lint/lint-exception.ts';
import { columnsAfter, sourceColumns, visible } from '#shared/plan/columns.ts';
import type { CompiledRule } from '#shared/rule/compiled-rule.ts';
import type { StandingException } from '#shared/rule/exceptions-in-force.ts';

type Found = z.output<typeof checkException.response>['diagnostics'];

/** What is wrong with a draft by its words, by the rule that it is for, and by the other exceptions in force. */
export function lintDraft(
  { store, now }: { readonly store: EventStore; readonly now: Instant },
  compiled: CompiledRule,
  draft: Pick<ExceptionDraft, 'stage' | 'entries' | 'osTypes' | 'expiresAt'> & ItemContext,
  others: readonly StandingException[],
): Found {
  const found = [...lintException(draft, lintContextOf(store, compiled)), ...lintAmong(draft, others, now)];
  return found.map(({ span: _span, ...diagnostic }) => diagnostic);
}

export function lintContextOf(store: EventStore, compiled: CompiledRule): LintContext {
  const { rule, keys } = compiled;
  const { steps } = compiled.plan({ first: 0, last: 0, interval: rule.interval });
  return {
    catalogue: store.catalogue,
    columns: visible(columnsAfter(steps, sourceColumns(store.catalogue))),
    groupingKeys: rule.type === 'esql' && compiled.aggregating ? keys : null,
  };
}
