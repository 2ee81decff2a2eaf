import type { RuleBook } from '#server/alerts/rule-book.ts';
import type { EventStore } from '#server/store/event-store.ts';
import { brokenCases } from '#server/tuning/broken-cases.ts';
import type { BrokenCase } from '#shared/api/tuning.ts';
import { evaluateFilter } from '#shared/evaluate/evaluate.ts';
import { flattener } from '#shared/event/document.ts';
import type { FieldCatalogue } from '#shared/event/field.ts';
import { compileException } from '#shared/exceptions/compile.ts';
import type { Exception } from '#shared/exceptions/item.ts';
import { compileRule } from '#shared/rule/compile.ts';
import type { CompiledRule } from '#shared/rule/compiled-rule.ts';
import { ruleCasesOf } from '#shared/rule/exception-cases.ts';
import type { RuleException } from '#shared/rule/exceptions-in-force.ts';
import type { RuleCase } from '#shared/rule/rule.ts';

type WithCases = RuleException & Pick<Exception, 'cases'>;

/**
 * Cases that hold as things are and no longer with the draft: the rule's own, those of its exceptions, and those of the draft,
 * which must hold in any event. What the exception that it replaces breaks already is no news.
 */
export function casesBrokenByDraft(
  {
    store: { catalogue },
    rules,
    openEmpty,
  }: { readonly store: EventStore; readonly rules: RuleBook; readonly openEmpty: () => EventStore },
  { rule }: CompiledRule,
  { inForce, others }: { readonly inForce: readonly WithCases[]; readonly others: readonly WithCases[] },
  draft: WithCases,
): Promise<BrokenCase[]> {
  const known = [...rules.get(rule.slug).cases, ...ruleCasesOf(others)];
  return brokenCases(openEmpty, {
    before: compileRule(rule, catalogue, inForce),
    after: compileRule(rule, catalogue, [...others, draft]),
    cases: touchedBy(draft, known, catalogue),
    own: ruleCasesOf([draft]),
  });
}

/** Cases with an event that the draft holds for: the others go as they went. */
function touchedBy(draft: RuleException, cases: readonly RuleCase[], catalogue: FieldCatalogue): readonly RuleCase[] {
  const item = draft.stage === 'event' ? compileException(draft.entries, catalogue, draft) : null;
  if (!item?.ok) return cases;
  const flat = flattener(catalogue);
  return cases.filter(({ events }) => events.some((event) => evaluateFilter(item.value, flat(event), 0) === true));
}
