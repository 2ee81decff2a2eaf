import { readAlert, readEventIds } from '#server/alerts/detail.ts';
import type { RuleBook } from '#server/alerts/rule-book.ts';
import { prevalenceOf } from '#server/investigate/prevalence.ts';
import { notFound } from '#server/refusal.ts';
import type { State, StateReader } from '#server/state/open-state.ts';
import type { EventStore } from '#server/store/event-store.ts';
import type { Alert } from '#shared/alert/alert.ts';
import type { Guide, GuideStep } from '#shared/guide/guide.ts';
import type { HintInput } from '#shared/guide/hint-input.ts';
import { loadSubjectEvents, type SubjectEvents } from './subject-events.ts';

export interface GuideContext {
  readonly state: State;
  readonly store: EventStore;
  readonly rules: RuleBook;
}

/** What a guide is about: an alert with its events. */
export interface Subject extends SubjectEvents {
  readonly alert: Alert;
}

export async function loadSubject({ state, store, rules }: GuideContext, id: string): Promise<Subject> {
  const alert = await readAlert(state, rules.stepCount, id);
  return { alert, ...(await loadSubjectEvents(store, await readEventIds(state, id))) };
}

/** The guide that an alert's answers were given by; before the first answer, the one in force. */
export interface GuideOfAlert {
  readonly guide: Guide;
  readonly version: number;
  readonly current: number;
}

/** Null where the rule, or its guide, is gone. */
export async function findGuide(state: StateReader, rules: RuleBook, id: string): Promise<GuideOfAlert | null> {
  const row = await state.selectFrom('alerts').select(['rule', 'guideVersion']).where('id', '=', id).executeTakeFirst();
  if (!row) throw notFound('alert');
  const guide = rules.guideAt(row.rule, row.guideVersion);
  const current = rules.find(row.rule)?.guideVersions[0]?.version ?? 0;
  return guide && { guide, version: row.guideVersion ?? current, current };
}

export async function guideOfAlert(state: StateReader, rules: RuleBook, id: string): Promise<GuideOfAlert> {
  const found = await findGuide(state, rules, id);
  if (!found) throw notFound('guide');
  return found;
}

export function stepOf({ steps }: Guide, id: string): GuideStep {
  const step = steps.find((candidate) => candidate.id === id);
  if (!step) throw notFound('step');
  return step;
}

/** What automatic hints look at. */
export async function hintInputOf(store: EventStore, { alert, events }: Subject): Promise<HintInput> {
  const { historyCovered, commandLine } = alert;
  if (commandLine === null) return { events, historyCovered, prevalence: null };
  const { hosts, totalHosts, events: commandEvents, firstSeen } = await prevalenceOf(store, commandLine);
  const prevalence = { commandHosts: hosts, totalHosts, commandEvents, commandFirstSeen: firstSeen };
  return { events, historyCovered, prevalence };
}
