import { runnable } from '#server/alerts/evaluator.ts';
import { type Folding, foldDrafts } from '#server/alerts/fold.ts';
import { Refusal } from '#server/refusal.ts';
import { replayRule } from '#server/rules/replay.ts';
import type { TimeRange } from '#server/rules/ticks.ts';
import type { EventStore } from '#server/store/event-store.ts';
import type { AlertDraft } from '#shared/alert/draft.ts';
import type { Row } from '#shared/plan/value.ts';
import { valuesOf } from '#shared/plan/value.ts';
import type { RuleException } from '#shared/rule/exceptions-in-force.ts';
import type { Rule } from '#shared/rule/rule.ts';

/** What a rule would have alerted on about one set of keys. */
export interface ReplayedAlert {
  readonly rule: string;
  /** Id that the alert would have. */
  readonly alert: string;
  readonly label: string;
  readonly hosts: readonly string[];
  readonly parent: string | null;
  /** Ids of its occurrences and of their events. */
  readonly occurrences: ReadonlySet<string>;
  readonly events: ReadonlySet<string>;
  /** Cells of its rows. */
  readonly rows: readonly Row[];
}

/** By the digest of rule and keys. */
export type ReplayedAlerts = ReadonlyMap<string, ReplayedAlert>;

export interface Replaying {
  readonly store: EventStore;
  readonly rule: Rule;
  readonly exceptions: readonly RuleException[];
  readonly range: TimeRange;
  readonly signal: AbortSignal;
}

/** Replays remembered for a store: a form asks for the same one with every key that is struck. */
const REMEMBERED = 12;
const known = new WeakMap<EventStore, Map<string, ReplayedAlerts>>();

/** The alerts of all runs of the rule's schedule over a range. Remembered while the store holds what it held. */
export async function replayedAlerts(replaying: Replaying): Promise<ReplayedAlerts> {
  const { store } = replaying;
  const key = await keyOf(replaying);
  const cache = known.get(store) ?? new Map<string, ReplayedAlerts>();
  known.set(store, cache);
  const found = cache.get(key) ?? (await replay(replaying));
  cache.delete(key);
  cache.set(key, found);
  for (const oldest of [...cache.keys()].slice(0, Math.max(0, cache.size - REMEMBERED))) cache.delete(oldest);
  return found;
}

async function keyOf({ store, rule, exceptions, range }: Replaying): Promise<string> {
  const [statistics, batch] = await Promise.all([store.statistics(), store.lastBatch()]);
  const items = exceptions.map(({ stage, entries, osTypes, lists }) => [
    stage,
    entries,
    osTypes,
    listed(entries, lists),
  ]);
  return JSON.stringify([statistics, batch, range, rule, items]);
}

/** Values of the lists that entries name: the same list may hold others tomorrow. */
const listed = (entries: RuleException['entries'], lists: RuleException['lists']) =>
  entries.flatMap((entry) => (entry.type === 'list' ? [lists?.get(entry.list.id) ?? null] : []));

async function replay({ store, rule, exceptions, range, signal }: Replaying): Promise<ReplayedAlerts> {
  const compiled = runnable(store, rule, exceptions);
  if (!compiled.ok) throw new Refusal('invalid-query', compiled.error);
  const { drafts } = await replayRule(store, compiled.value, { range, signal });
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

const begun = (rule: string, alert: string, { subject, keys }: AlertDraft): ReplayedAlert & Growing => ({
  rule,
  alert,
  label: subject.commandLine ?? (Object.values(keys).flatMap(valuesOf).map(String).join(' · ') || 'all events'),
  hosts: subject.hosts,
  parent: subject.parentExecutable ?? subject.parentName,
  occurrences: new Set(),
  events: new Set(),
  rows: [],
});
