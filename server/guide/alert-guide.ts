import type { z } from 'zod';
import { readAlert, readEventIds } from '#server/alerts/detail.ts';
import type { RuleBook } from '#server/alerts/rule-book.ts';
import { searchEvents } from '#server/investigate/events.ts';
import { prevalenceOf } from '#server/investigate/rarity.ts';
import { notFound, Refusal } from '#server/refusal.ts';
import type { Author } from '#server/state/activity.ts';
import type { State } from '#server/state/open-state.ts';
import type { EventStore } from '#server/store/event-store.ts';
import type { Alert } from '#shared/alert/alert.ts';
import type { alertGuide, answerStep, runGuideQuery } from '#shared/api/guide.ts';
import { must } from '#shared/base/assert.ts';
import { formatInstant, parseInstant, parseSpan } from '#shared/base/time.ts';
import { distinctValues, type EventValues } from '#shared/guide/event-values.ts';
import { prefillException } from '#shared/guide/fill-exception.ts';
import type { Guide, GuideStep, StepState } from '#shared/guide/guide.ts';
import type { HintInput } from '#shared/guide/hint-input.ts';
import { hintsFor } from '#shared/guide/hints.ts';
import { suggestVerdict } from '#shared/guide/suggest.ts';
import { fillCommands, fillQuery } from '#shared/guide/template.ts';
import { readStepStates, writeStepState } from './step-states.ts';
import { loadEventValues } from './subject-events.ts';

type GuideAnswer = z.output<typeof alertGuide.response>;
type QueryAnswer = z.output<typeof runGuideQuery.response>;

export interface GuideContext {
  readonly state: State;
  readonly store: EventStore;
  readonly rules: RuleBook;
}

/** Values of one field that a step lists. */
const MOST_VALUES = 50;
/** Rows of a step's query. */
const MOST_ROWS = 200;

/** An alert with the guide of its rule and the events it is about. */
interface Subject {
  readonly alert: Alert;
  readonly guide: Guide;
  readonly events: readonly EventValues[];
}

async function loadSubject({ state, store, rules }: GuideContext, id: string): Promise<Subject> {
  const alert = await readAlert(state, rules.stepCount, id);
  const guide = rules.find(alert.rule)?.guide;
  if (!guide) throw notFound('guide');
  return { alert, guide, events: await loadEventValues(store, await readEventIds(state, id)) };
}

function stepOf({ guide }: Subject, id: string): GuideStep {
  const step = guide.steps.find((candidate) => candidate.id === id);
  if (!step) throw notFound('step');
  return step;
}

/** The guide of an alert with the alert's values in it, and what has been answered so far. */
export async function readGuide(context: GuideContext, id: string): Promise<GuideAnswer> {
  const subject = await loadSubject(context, id);
  const { guide, events, alert } = subject;
  const states = await readStepStates(context.state, id, guide.steps);
  const input = await hintInput(context.store, subject);
  const each = <Value>(value: (step: GuideStep) => Value | null): Record<string, Value> =>
    Object.fromEntries(
      guide.steps.flatMap((step) => {
        const made = value(step);
        return made === null ? [] : [[step.id, made]];
      }),
    );
  return {
    guide,
    states,
    hints: each((step) => [...hintsFor(step.hints, input)]),
    fields: each((step) =>
      step.fields.map((field) => ({ field, values: distinctValues(events, field).slice(0, MOST_VALUES) })),
    ),
    queries: each((step) => filledQuery(step, alert, events)),
    commands: each((step) => commandsOf(step, events)),
    exceptionEntries: each((step) => [...prefillException(step.exceptionFields, events, context.store.catalogue)]),
    suggestion: suggestVerdict(guide, states),
  };
}

async function hintInput(store: EventStore, { alert, events }: Subject): Promise<HintInput> {
  const { historyCovered, commandLine } = alert;
  if (commandLine === null) return { events, historyCovered, prevalence: null };
  const { hosts, totalHosts, events: commandEvents, firstSeen } = await prevalenceOf(store, commandLine);
  const prevalence = { commandHosts: hosts, totalHosts, commandEvents, commandFirstSeen: firstSeen };
  return { events, historyCovered, prevalence };
}

/** Null where the step asks nothing, or cannot ask because a field it needs is in no event. */
function filledQuery({ query }: GuideStep, alert: Alert, events: readonly EventValues[]) {
  if (!query) return null;
  const { kql, missing } = fillQuery(query.kql, events);
  if (missing.length > 0) return null;
  const at = (text: string): number => must(parseInstant(text), `time in ${text}`);
  const span = (text: string): number => must(parseSpan(text), `length in ${text}`);
  return {
    kql,
    from: formatInstant(at(alert.firstSeen) - span(query.before)),
    to: formatInstant(at(alert.lastSeen) + span(query.after)),
  };
}

const commandsOf = ({ commands }: GuideStep, events: readonly EventValues[]): { label: string; command: string }[] =>
  commands.flatMap(({ label, command }) =>
    fillCommands(command, events).commands.map((filled) => ({ label, command: filled })),
  );

/** Asks the query of a step. */
export async function runStep(context: GuideContext, id: string, stepId: string): Promise<QueryAnswer> {
  const subject = await loadSubject(context, id);
  const { query, ...step } = stepOf(subject, stepId);
  if (!query) throw notFound('query of this step');
  const filled = filledQuery({ ...step, query }, subject.alert, subject.events);
  if (!filled) {
    const { missing } = fillQuery(query.kql, subject.events);
    throw new Refusal('invalid-query', `This cannot be asked: no event of the alert has ${missing.join(' and ')}.`);
  }
  const found = await searchEvents(context.store, { ...filled, limit: MOST_ROWS, offset: 0 });
  if (!found.ok) throw new Refusal('invalid-query', found.error.map((problem) => problem.message).join(' '));
  return { events: found.value.events, total: found.value.total, columns: query.columns };
}

/** Keeps an analyst's answer to a step. */
export async function answer(
  { state, rules }: GuideContext,
  author: Author,
  id: string,
  stepId: string,
  given: z.output<typeof answerStep.body>,
): Promise<StepState> {
  const alert = await readAlert(state, rules.stepCount, id);
  const step = rules.find(alert.rule)?.guide?.steps.find((candidate) => candidate.id === stepId);
  if (!step) throw notFound('step');
  return writeStepState(state, author, id, step, given);
}
