import { runnable } from '#server/alerts/evaluator.ts';
import { Refusal } from '#server/refusal.ts';
import { firstReports, type Report } from '#server/rules/first-reports.ts';
import { foundRows } from '#server/rules/found-rows.ts';
import { keysId } from '#server/rules/identity.ts';
import { ticksOver } from '#server/rules/replay.ts';
import type { TimeRange } from '#server/rules/ticks.ts';
import type { EventNumber, EventStore } from '#server/store/event-store.ts';
import type { Instant } from '#shared/base/time.ts';
import type { Row } from '#shared/plan/value.ts';
import type { RuleException } from '#shared/rule/exceptions-in-force.ts';
import type { Rule } from '#shared/rule/rule.ts';
import { memoryOf } from './replay-memory.ts';
import type { ReplayedAlerts } from './replayed-alert.ts';

export interface Replaying {
  readonly store: EventStore;
  readonly rule: Rule;
  readonly exceptions: readonly RuleException[];
  readonly range: TimeRange;
  readonly signal: AbortSignal;
}

/** The alerts of all runs of the rule's schedule over a range. Remembered while the store holds what it held. */
export async function replayedAlerts(replaying: Replaying): Promise<ReplayedAlerts> {
  const { replays } = await memoryOf(replaying.store);
  const key = keyOf(replaying);
  const found = replays.get(key) ?? (await replay(replaying));
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

async function replay({ store, rule, exceptions, range, signal }: Replaying): Promise<ReplayedAlerts> {
  const compiled = runnable(store, rule, exceptions);
  if (!compiled.ok) throw new Refusal('invalid-query', compiled.error);
  const ticks = await ticksOver(store, compiled.value, range, signal);
  const found = await foundRows(store, compiled.value, ticks, {}, { signal, now: ticks.last });
  return alertsOf(await firstReports(store, compiled.value, found));
}

interface Growing {
  readonly first: Report;
  readonly occurrences: Set<Instant>;
  readonly events: Set<EventNumber>;
  readonly rows: Row[];
}

/** The reports of one replay, by what they are about. */
export function alertsOf(reports: readonly Report[]): ReplayedAlerts {
  const alerts = new Map<string, Growing>();
  for (const report of reports) {
    const keys = keysId(report);
    const one = alerts.get(keys) ?? { first: report, occurrences: new Set(), events: new Set(), rows: [] };
    alerts.set(keys, one);
    one.occurrences.add(report.occurrence);
    for (const event of report.events) one.events.add(event);
    one.rows.push(report.columns);
  }
  return alerts;
}
