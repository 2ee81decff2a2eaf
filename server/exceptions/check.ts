import type { z } from 'zod';
import { runnable } from '#server/alerts/evaluator.ts';
import { foldDrafts } from '#server/alerts/fold.ts';
import type { RuleBook } from '#server/alerts/rule-book.ts';
import { Refusal } from '#server/refusal.ts';
import { replayRule } from '#server/rules/replay.ts';
import type { StateReader } from '#server/state/open-state.ts';
import type { EventStore } from '#server/store/event-store.ts';
import type { AlertDraft } from '#shared/alert/draft.ts';
import type { checkException } from '#shared/api/exceptions.ts';
import { type Diagnostic, hasErrors } from '#shared/base/diagnostic.ts';
import type { Instant } from '#shared/base/time.ts';
import { compileException } from '#shared/exceptions/compile.ts';
import { lintException } from '#shared/exceptions/lint.ts';
import { aggregate } from '#shared/plan/build.ts';
import { columnsAfter, sourceColumns, visible } from '#shared/plan/columns.ts';
import { allOf } from '#shared/plan/expression.ts';
import { valuesOf } from '#shared/plan/value.ts';
import type { CompiledRule } from '#shared/rule/compile.ts';
import { exceptionsInForce, type RuleException } from '#shared/rule/exceptions-in-force.ts';
import type { Rule } from '#shared/rule/rule.ts';
import { readExceptions } from './records.ts';
import { type StoredVerdict, verdictsByKeys } from './verdicts.ts';

type Draft = z.output<typeof checkException.body>;
type Check = z.output<typeof checkException.response>;

export interface CheckContext {
  readonly state: StateReader;
  readonly store: EventStore;
  readonly rules: RuleBook;
  readonly now: Instant;
  readonly signal: AbortSignal;
}

/** Examples of each kind that the answer names. */
const EXAMPLES = 20;

/**
 * What a draft is worth: its lint, and its effect on what the rule would have alerted on over all stored events. Two alerts
 * are the same where rule and keys are.
 */
export async function checkDraft(context: CheckContext, draft: Draft): Promise<Check> {
  const plain = compiledOf(context, draft.rule);
  const lint = lintException(draft, lintContext(context.store, plain));
  const diagnostics = lint.map(withoutSpan);
  if (hasErrors(lint)) return { ...NO_EFFECT, diagnostics };
  const present = exceptionsInForce(await readExceptions(context.state), draft.rule, context.now);
  const others = present.filter((exception) => exception.id !== draft.replaces);
  const without = await alertsWith(context, plain.rule, others);
  const withDraft = await alertsWith(context, plain.rule, [...others, draft]);
  const matchedEvents = draft.stage === 'event' ? await countMatched(context, plain, draft) : null;
  return { diagnostics, matchedEvents, ...(await difference(context.state, without, withDraft)) };
}

const NO_EFFECT: Check = {
  diagnostics: [],
  matchedEvents: null,
  removed: 0,
  kept: 0,
  created: 0,
  removedExamples: [],
  createdExamples: [],
  removedTruePositives: 0,
};

const withoutSpan = ({ span: _span, ...diagnostic }: Diagnostic): Check['diagnostics'][number] => diagnostic;

function compiledOf({ rules }: CheckContext, slug: string): CompiledRule {
  rules.get(slug);
  const compiled = rules.compiled(slug);
  if (compiled.ok) return compiled.value;
  throw new Refusal('invalid-query', 'The rule itself does not compile, so nothing can be said of an exception to it.');
}

function lintContext(store: EventStore, compiled: CompiledRule) {
  const { rule, keys } = compiled;
  const { steps } = compiled.plan({ first: 0, last: 0, interval: rule.interval });
  return {
    catalogue: store.catalogue,
    columns: visible(columnsAfter(steps, sourceColumns(store.catalogue))),
    groupingKeys: rule.type === 'esql' && compiled.aggregating ? keys : null,
  };
}

interface Found {
  readonly alert: string;
  readonly label: string;
}

/** The alerts of a replay over everything stored, by `keysId`. */
async function alertsWith(
  { store, signal }: CheckContext,
  rule: Rule,
  exceptions: readonly RuleException[],
): Promise<ReadonlyMap<string, Found>> {
  const compiled = runnable(store, rule, exceptions);
  if (!compiled.ok) throw new Refusal('invalid-query', compiled.error);
  const { drafts } = await replayRule(store, compiled.value, { signal });
  const raised = foldDrafts(drafts).filter((folding) => folding.kind === 'raise');
  return new Map(raised.map(({ keys, alert, draft }) => [keys, { alert, label: labelOf(draft) }]));
}

const labelOf = ({ subject, keys }: AlertDraft): string =>
  subject.commandLine ?? Object.values(keys).flatMap(valuesOf).map(String).join(' · ');

async function difference(
  state: StateReader,
  without: ReadonlyMap<string, Found>,
  withDraft: ReadonlyMap<string, Found>,
): Promise<Omit<Check, 'diagnostics' | 'matchedEvents'>> {
  const removed = [...without].filter(([keys]) => !withDraft.has(keys));
  const created = [...withDraft].filter(([keys]) => !without.has(keys));
  const verdicts = await verdictsByKeys(
    state,
    removed.map(([keys]) => keys),
  );
  const known = (keys: string): StoredVerdict | undefined => verdicts.get(keys);
  const removedExamples = removed.slice(0, EXAMPLES).map(([keys, { alert, label }]) => ({
    id: known(keys)?.alert ?? alert,
    label,
    verdict: known(keys)?.verdict ?? null,
  }));
  return {
    removed: removed.length,
    kept: without.size - removed.length,
    created: created.length,
    removedExamples,
    createdExamples: created.slice(0, EXAMPLES).map(([, { alert, label }]) => ({ id: alert, label })),
    removedTruePositives: removed.filter(([keys]) => known(keys)?.truePositive === true).length,
  };
}

/** Of the events that pass the rule's filter, those that the entries hold for. */
async function countMatched({ store, now, signal }: CheckContext, rule: CompiledRule, draft: Draft): Promise<number> {
  const exception = compileException(draft.entries, store.catalogue);
  if (!exception.ok) return 0;
  const where = allOf([rule.filter, exception.value]);
  const counted = { kind: 'aggregate', aggregates: [aggregate('events', 'count')], keys: [] } as const;
  const { rows } = await store.run({ steps: [{ kind: 'filter', where }, counted] }, { now, signal });
  return Number(rows[0]?.['events'] ?? 0);
}
