import { firstEvent } from '#server/investigate/events.ts';
import { prevalenceOf } from '#server/investigate/prevalence.ts';
import { notFound } from '#server/refusal.ts';
import { activityOf } from '#server/state/activity.ts';
import type { State, StateReader } from '#server/state/open-state.ts';
import type { EventStore } from '#server/store/event-store.ts';
import { storedDocument } from '#server/store/records/parse-record.ts';
import type { Alert } from '#shared/alert/alert.ts';
import type { AlertDetail } from '#shared/api/alerts.ts';
import { parseInstant } from '#shared/base/time.ts';
import { explain, explainRow } from '#shared/evaluate/explain.ts';
import { flatten } from '#shared/event/document.ts';
import type { CompiledRule } from '#shared/rule/compiled-rule.ts';
import { alertOf, occurrenceOf, type StepCount } from './row.ts';
import type { RuleBook } from './rule-book.ts';
import { whySentence } from './why.ts';

export async function readAlert(state: StateReader, stepCount: StepCount, id: string): Promise<Alert> {
  const row = await state.selectFrom('alerts').selectAll().where('id', '=', id).executeTakeFirst();
  if (!row) throw notFound('alert');
  return alertOf(row, stepCount);
}

/** Public ids of the contributing events. */
export async function readEventIds(state: StateReader, alert: string): Promise<string[]> {
  const rows = await state.selectFrom('alertEvents').select('eventId').where('alertId', '=', alert).execute();
  return rows.map((row) => row.eventId);
}

/** Everything about one alert but its events and tree. */
export async function readDetail(state: State, store: EventStore, rules: RuleBook, id: string): Promise<AlertDetail> {
  const alert = await readAlert(state, rules.stepCount, id);
  const loaded = rules.find(alert.rule);
  const compiled = loaded ? rules.compiled(alert.rule) : undefined;
  const rule = compiled?.ok ? compiled.value : undefined;
  const conditions = rule ? conditionsOf(rule, alert) : [];
  const [explanation, prevalence, shapeAlerts] = await Promise.all([
    rule ? explanationOf(state, store, rule, alert) : null,
    prevalenceOfAlert(store, alert),
    countShape(state, alert),
  ]);
  return {
    alert,
    why: whySentence(alert, loaded?.rule, conditions),
    explanation,
    conditions,
    occurrences: await readOccurrences(state, id),
    activity: await activityOf(state, 'alert', id),
    prevalence: { ...prevalence, shapeAlerts },
    notes: await readNotes(state, id),
  };
}

/** What the rule asks of a row after grouping, with what it saw in the latest occurrence. */
function conditionsOf(rule: CompiledRule, alert: Alert): AlertDetail['conditions'] {
  const cells = new Map(Object.entries(alert.columns));
  const now = parseInstant(alert.lastSeen) ?? 0;
  return rule.conditions.map(({ text, expression }) => {
    const { saw, outcome } = explainRow(expression, cells, { now, text: rule.rule.query });
    return { text, saw: saw.join(', '), outcome };
  });
}

/** The rule's filter on the earliest contributing event; null where the store no longer has one. */
async function explanationOf(
  state: StateReader,
  store: EventStore,
  { rule, filter }: CompiledRule,
  alert: Alert,
): Promise<AlertDetail['explanation']> {
  const number = await firstEvent(store, await readEventIds(state, alert.id), parseInstant(alert.firstSeen) ?? 0);
  const [document] = number === undefined ? [] : await store.documents([number]);
  if (!document) return null;
  const flat = flatten(storedDocument(document.text), store.catalogue);
  return explain(filter, flat, { now: parseInstant(alert.lastSeen) ?? 0, text: rule.query });
}

async function prevalenceOfAlert(
  store: EventStore,
  { commandLine }: Alert,
): Promise<Omit<AlertDetail['prevalence'], 'shapeAlerts'>> {
  if (commandLine === null) {
    const { hosts: totalHosts } = await store.statistics();
    return { commandHosts: 0, totalHosts, commandFirstSeen: null, commandEvents: 0 };
  }
  const { hosts, totalHosts, events, firstSeen } = await prevalenceOf(store, commandLine);
  return { commandHosts: hosts, totalHosts, commandFirstSeen: firstSeen, commandEvents: events };
}

async function countShape(state: StateReader, { commandShape }: Alert): Promise<number> {
  if (commandShape === null) return 0;
  const { alerts } = await state
    .selectFrom('alerts')
    .select((count) => count.fn.countAll<number>().as('alerts'))
    .where('commandShape', '=', commandShape)
    .executeTakeFirstOrThrow();
  return alerts;
}

/** Newest first. */
async function readOccurrences(state: StateReader, alert: string): Promise<AlertDetail['occurrences']> {
  const rows = await state
    .selectFrom('occurrences')
    .selectAll()
    .where('alertId', '=', alert)
    .orderBy('tick', 'desc')
    .orderBy('id')
    .execute();
  return rows.map(occurrenceOf);
}

/** Oldest first. */
const readNotes = (state: StateReader, alert: string): Promise<AlertDetail['notes']> =>
  state.selectFrom('notes').select(['id', 'at', 'author', 'text']).where('alertId', '=', alert).orderBy('id').execute();
