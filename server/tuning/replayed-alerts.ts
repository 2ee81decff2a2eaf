import { runnable } from '#server/alerts/evaluator.ts';
import { readableKeys } from '#server/alerts/readable-keys.ts';
import { Refusal } from '#server/refusal.ts';
import { firstReports } from '#server/rules/first-reports.ts';
import { type Folding, foldDrafts } from '#server/rules/fold.ts';
import type { TimeRange } from '#server/rules/ticks.ts';
import type { EventStore } from '#server/store/event-store.ts';
import type { AlertDraft } from '#shared/alert/draft.ts';
import type { Row } from '#shared/plan/value.ts';
import type { RuleException } from '#shared/rule/exceptions-in-force.ts';
import type { Rule } from '#shared/rule/rule.ts';
import { memoryOf, type ReplayMemory } from './replay-memory.ts';
import type { ReplayedAlert, ReplayedAlerts } from './replayed-alert.ts';

export interface Replaying {
  readonly store: EventStore;
  readonly rule: Rule;
  readonly exceptions: readonly RuleException[];
  readonly range: TimeRange;
  readonly signal: AbortSignal;
}

/** The alerts of all runs of the rule's schedule over a range. Remembered while the store holds what it held. */
export async function replayedAlerts(replaying: Replaying): Promise<ReplayedAlerts> {
  const { replays, factsOf } = await memoryOf(replaying.store);
  const key = keyOf(replaying);
  const found = replays.get(key) ?? (await replay(replaying, factsOf));
  replays.set(key, found);
  return found;
}

function keyOf({ rule, exceptions, range }: Replaying): string {
  const items = exceptions.map(({ stage, entries, osTypes, lists }) => [
    stage,
    entries,
    osTypes,
    listed(entries, lists),
  ]);
  return JSON.stringify([range, rule, items]);
}

/** Values of the lists that entries name: the same list may hold others tomorrow. */
const listed = (entries: RuleException['entries'], lists: RuleException['lists']) =>
  entries.flatMap((entry) => (entry.type === 'list' ? [lists?.get(entry.list.id) ?? null] : []));

async function replay(
  { store, rule, exceptions, range, signal }: Replaying,
  factsOf: ReplayMemory['factsOf'],
): Promise<ReplayedAlerts> {
  const compiled = runnable(store, rule, exceptions);
  if (!compiled.ok) throw new Refusal('invalid-query', compiled.error);
  const drafts = await firstReports(store, compiled.value, { range, factsOf, signal });
  return alertsOf(rule.slug, foldDrafts(drafts));
}

/** The foldings of one replay, by what they are about. */
export function alertsOf(rule: string, foldings: readonly Folding[]): ReplayedAlerts {
  const alerts = new Map<string, ReplayedAlert & Growing>();
  for (const { alert, keys, draft, occurrence } of foldings) {
    const one = alerts.get(keys) ?? begun(rule, alert, draft);
    alerts.set(keys, one);
    one.occurrences.add(occurrence);
    for (const event of draft.events) one.events.add(event);
    one.rows.push(draft.columns);
  }
  return alerts;
}

interface Growing {
  readonly occurrences: Set<string>;
  readonly events: Set<string>;
  readonly rows: Row[];
}

/** What an alert to be is called: the command, else what its group is known by. */
export const labelOf = ({ subject, keys }: AlertDraft): string =>
  subject.commandLine ?? (Object.values(readableKeys(keys)).join(' · ') || 'all events');

const begun = (rule: string, alert: string, draft: AlertDraft): ReplayedAlert & Growing => ({
  rule,
  alert,
  label: labelOf(draft),
  hosts: draft.subject.hosts,
  parent: draft.subject.parentExecutable ?? draft.subject.parentName,
  occurrences: new Set(),
  events: new Set(),
  rows: [],
});
