import { knownOccurrences, reportedBefore } from '#server/alerts/reported.ts';
import { notFound } from '#server/refusal.ts';
import { type ExplainedEvent, explainEvent } from '#server/rules/explain-event.ts';
import type { KnownOccurrences } from '#server/rules/found-rows.ts';
import type { StateReader } from '#server/state/open-state.ts';
import type { EventStore } from '#server/store/event-store.ts';
import type { RuleExplanation } from '#shared/api/explain.ts';
import type { Instant } from '#shared/base/time.ts';
import { exceptionsInForce } from '#shared/rule/exceptions-in-force.ts';
import type { Rule } from '#shared/rule/rule.ts';
import { readStanding } from './standing.ts';

export interface ExplainContext {
  readonly state: StateReader;
  readonly store: EventStore;
  readonly now: Instant;
  readonly signal: AbortSignal;
}

/** Why a stored event did or did not alert by each of these rules, with the exceptions in force. */
export async function explainStored(
  { state, store, now, signal }: ExplainContext,
  rules: readonly Rule[],
  id: string,
): Promise<RuleExplanation[]> {
  const event = await findEvent(store, id);
  const all = await readStanding(state);
  const known: KnownOccurrences = (ids, tick) => knownOccurrences(state, ids, tick);
  const explanations: RuleExplanation[] = [];
  for (const rule of rules) {
    const exceptions = exceptionsInForce(all, rule.slug, now);
    const reported = (before: Instant) => reportedBefore(state, rule, before);
    explanations.push(await explainEvent({ store, exceptions, reported, known, signal }, rule, event));
  }
  return explanations;
}

async function findEvent(store: EventStore, id: string): Promise<ExplainedEvent> {
  const number = (await store.numbersOf([id])).get(id);
  const [document] = number === undefined ? [] : await store.documents([number]);
  if (number === undefined || !document) throw notFound('event');
  return { number, id, text: document.text };
}
