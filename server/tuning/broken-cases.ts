import type { RuleBook } from '#server/alerts/rule-book.ts';
import { type CaseOutcome, runCases } from '#server/rules/cases.ts';
import type { EventStore } from '#server/store/event-store.ts';
import { evaluateFilter } from '#shared/evaluate/evaluate.ts';
import { flattener } from '#shared/event/document.ts';
import type { FieldCatalogue } from '#shared/event/field.ts';
import { compileException } from '#shared/exceptions/compile.ts';
import type { Exception, ExceptionCase } from '#shared/exceptions/item.ts';
import { compileRule } from '#shared/rule/compile.ts';
import type { CompiledRule } from '#shared/rule/compiled-rule.ts';
import type { RuleException } from '#shared/rule/exceptions-in-force.ts';
import type { RuleCase } from '#shared/rule/rule.ts';

export interface BrokenCase {
  readonly name: string;
  readonly outcome: string;
}

/**
 * Cases that hold with the other exceptions and no longer with the draft: the rule's own, those of its exceptions, and those
 * of the draft, which must hold in any event.
 */
export async function brokenCases(
  { rules, openEmpty }: { readonly rules: RuleBook; readonly openEmpty: () => EventStore },
  compiled: CompiledRule,
  others: readonly (RuleException & Pick<Exception, 'cases'>)[],
  draft: RuleException & Pick<Exception, 'cases'>,
): Promise<BrokenCase[]> {
  const { rule } = compiled;
  const known = [...rules.get(rule.slug).cases, ...others.flatMap(({ cases }) => cases.map(asRuleCase))];
  const own = draft.cases.map(asRuleCase);
  const store = openEmpty();
  const present = touchedBy(draft, known, store.catalogue);
  if (present.length + own.length === 0) {
    await store.close();
    return [];
  }
  try {
    const run = async (exceptions: readonly RuleException[], cases: readonly RuleCase[], first: number) => {
      const spared = compileRule(rule, store.catalogue, exceptions);
      return spared.ok ? runCases(store, spared.value, cases, first) : [];
    };
    const after = await run([...others, draft], [...present, ...own], 1);
    const failed = after.flatMap((outcome, index) => (outcome.passed ? [] : [{ outcome, index }]));
    const suspects = failed.flatMap(({ index }) => present[index] ?? []);
    const before = await run(others, suspects, after.length + 1);
    return [
      ...failed.filter(({ index }) => index >= present.length).map(({ outcome }) => brokenOf(outcome)),
      ...before.flatMap(({ passed }, at) => (passed ? (failed[at] ? [brokenOf(failed[at].outcome)] : []) : [])),
    ];
  } finally {
    await store.close();
  }
}

/** Cases with an event that the draft holds for: the others go as they went. */
function touchedBy(draft: RuleException, cases: readonly RuleCase[], catalogue: FieldCatalogue): readonly RuleCase[] {
  const item = draft.stage === 'event' ? compileException(draft.entries, catalogue, draft) : null;
  if (!item?.ok) return cases;
  const flat = flattener(catalogue);
  return cases.filter(({ events }) => events.some((event) => evaluateFilter(item.value, flat(event), 0) === true));
}

const asRuleCase = (one: ExceptionCase): RuleCase => ({ ...one, because: '' });

const brokenOf = ({ name, outcome }: CaseOutcome): BrokenCase => ({ name, outcome });
