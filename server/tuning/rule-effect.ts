import type * as z from 'zod';
import { runnable } from '#server/alerts/evaluator.ts';
import type { RuleBook } from '#server/alerts/rule-book.ts';
import { explainEvent } from '#server/rules/explain-event.ts';
import type { TimeRange } from '#server/rules/ticks.ts';
import type { StateReader } from '#server/state/open-state.ts';
import type { EventStore } from '#server/store/event-store.ts';
import type { BrokenCase, DifferenceExample, differenceSchema } from '#shared/api/tuning.ts';
import type { Instant } from '#shared/base/time.ts';
import { ruleCasesOf } from '#shared/rule/exception-cases.ts';
import { exceptionsInForce, type StandingException } from '#shared/rule/exceptions-in-force.ts';
import type { Rule } from '#shared/rule/rule.ts';
import { brokenCases } from './broken-cases.ts';
import { differenceOf } from './difference.ts';
import type { ReplayedAlerts } from './replayed-alert.ts';
import { replayedAlerts } from './replayed-alerts.ts';
import { withSameEvents } from './same-events.ts';

export interface TuningContext {
  readonly state: StateReader;
  readonly store: EventStore;
  readonly rules: RuleBook;
  readonly exceptions: readonly StandingException[];
  readonly openEmpty: () => EventStore;
  readonly now: Instant;
  readonly signal: AbortSignal;
}

export interface RuleChange {
  readonly saved: Rule;
  readonly rule: Rule;
  /** Null: nothing is stored. */
  readonly range: TimeRange | null;
  /** What the changed rule raises over the range, where that is known. */
  readonly raised?: ReplayedAlerts;
}

export type RuleEffect = z.output<typeof differenceSchema> & { readonly brokenCases: BrokenCase[] };

/**
 * What a changed rule would have raised beside the saved one, with the exceptions in force: by the verdicts that analysts gave,
 * and the cases that it breaks. Null where the saved rule does not run.
 */
export async function effectOfChange(
  context: TuningContext,
  { saved, rule, range, raised }: RuleChange,
): Promise<RuleEffect | null> {
  const { state, store, signal } = context;
  const exceptions = exceptionsInForce(context.exceptions, rule.slug, context.now);
  const before = runnable(store, saved, exceptions);
  const after = runnable(store, rule, exceptions);
  if (!before.ok || !after.ok) return null;
  const cases = [...context.rules.get(rule.slug).cases, ...ruleCasesOf(exceptions)];
  const broken = await brokenCases(context.openEmpty, { before, after, cases });
  const replay = (of: Rule): Promise<ReplayedAlerts> | ReplayedAlerts =>
    range ? replayedAlerts({ store, rule: of, exceptions, range, signal }) : new Map();
  const without = await replay(saved);
  const present = raised ?? (await replay(rule));
  const regrouped = before.value.keys.join() !== after.value.keys.join();
  const { removedKeys: _digests, ...difference } = await differenceOf(
    { state, store },
    without,
    regrouped ? withSameEvents(without, present) : present,
    rule.newTerms !== null,
  );
  const removedExamples = await withReasons(context, rule, exceptions, difference.removedExamples);
  return { ...difference, removedExamples, brokenCases: broken };
}

/** Lost true positives that are explained: each takes a few questions to the store. */
const MOST_EXPLAINED = 5;

async function withReasons(
  { store, signal }: TuningContext,
  rule: Rule,
  exceptions: readonly StandingException[],
  examples: readonly DifferenceExample[],
): Promise<DifferenceExample[]> {
  const explained: DifferenceExample[] = [];
  for (const [index, example] of examples.entries()) {
    const asks = index < MOST_EXPLAINED && example.verdict?.startsWith('true-positive') === true;
    const event = asks && example.event !== null ? await eventOf(store, example.event) : null;
    const because = event && (await explainEvent({ store, exceptions, signal }, rule, event)).because;
    explained.push(because ? { ...example, because } : example);
  }
  return explained;
}

async function eventOf(store: EventStore, id: string) {
  const number = (await store.numbersOf([id])).get(id);
  const [document] = number === undefined ? [] : await store.documents([number]);
  return number === undefined || !document ? null : { number, id, text: document.text };
}
