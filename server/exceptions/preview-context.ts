import type { RuleBook } from '#server/alerts/rule-book.ts';
import { Refusal } from '#server/refusal.ts';
import type { StateReader } from '#server/state/open-state.ts';
import type { EventStore } from '#server/store/event-store.ts';
import type { Instant } from '#shared/base/time.ts';
import type { ExceptionDraft } from '#shared/exceptions/item.ts';
import type { CompiledRule } from '#shared/rule/compiled-rule.ts';
import { readLists } from './lists.ts';

/** What a preview of exceptions is made from. */
export interface PreviewContext {
  readonly state: StateReader;
  readonly store: EventStore;
  readonly rules: RuleBook;
  readonly openEmpty: () => EventStore;
  readonly now: Instant;
  readonly signal: AbortSignal;
}

/** The rules that a draft is for: its own, or those of its list. */
export async function rulesOf(
  { state, rules }: PreviewContext,
  { rule, list }: ExceptionDraft,
): Promise<readonly string[]> {
  if (rule !== null) return [rules.get(rule).rule.slug];
  const found = (await readLists(state)).find(({ id }) => id === list);
  if (!found) throw new Refusal('invalid-request', `There is no list ${list}.`);
  return found.rules.filter((slug) => rules.find(slug) !== undefined);
}

export function compiledOf({ rules }: PreviewContext, slug: string): CompiledRule {
  const compiled = rules.compiled(slug);
  if (compiled.ok) return compiled.value;
  throw new Refusal('invalid-query', 'The rule itself does not compile, so nothing can be said of an exception to it.');
}
