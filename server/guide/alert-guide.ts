import type * as z from 'zod';
import { searchEvents } from '#server/investigate/events.ts';
import { notFound, Refusal } from '#server/refusal.ts';
import { type Author, recordActivity } from '#server/state/activity.ts';
import type { alertGuide, answerStep, runGuideQuery } from '#shared/api/guide.ts';
import type { GuideStep, StepState } from '#shared/guide/guide.ts';
import { suggestVerdict } from '#shared/guide/suggest.ts';
import { fillQuery } from '#shared/guide/template.ts';
import { countAnswers } from './count-answers.ts';
import { commandsOf, entriesOf, fieldsOf, hintsOf, questionOf, seenOf } from './step-facts.ts';
import { readAnswers, readStepStates } from './step-states.ts';
import { type GuideContext, guideOfAlert, hintInputOf, loadSubject, stepOf } from './subject.ts';
import { writeStepState } from './write-answer.ts';

type GuideAnswer = z.output<typeof alertGuide.response>;
type QueryAnswer = z.output<typeof runGuideQuery.response>;

/** Rows of a step's query. */
const MOST_ROWS = 200;

/** The guide of an alert with the alert's values in it, and what has been answered so far. */
export async function readGuide(context: GuideContext, id: string): Promise<GuideAnswer> {
  const { state, store, rules } = context;
  const { guide, version, current } = await guideOfAlert(state, rules, id);
  const subject = await loadSubject(context, id);
  const { states, left } = await readAnswers(state, id, guide.steps);
  const input = await hintInputOf(store, subject);
  const each = <Value>(value: (step: GuideStep) => Value | null): Record<string, Value> =>
    Object.fromEntries(
      guide.steps.flatMap((step) => {
        const made = value(step);
        return made === null ? [] : [[step.id, made]];
      }),
    );
  const newer = rules.find(subject.alert.rule)?.guideVersions.find((one) => one.version === current);
  return {
    guide,
    newer: version === current || !newer ? null : { at: newer.at, actor: newer.actor, why: newer.why },
    states,
    left,
    hints: each((step) => [...hintsOf(step, subject, store, input)]),
    fields: each((step) => fieldsOf(step, subject)),
    queries: each((step) => questionOf(step, subject)),
    commands: each((step) => commandsOf(step, subject)),
    exceptionEntries: each((step) => entriesOf(step, subject, store)),
    suggestion: suggestVerdict(guide, states),
  };
}

/** Asks the query of a step. */
export async function runStep(context: GuideContext, id: string, stepId: string): Promise<QueryAnswer> {
  const { guide } = await guideOfAlert(context.state, context.rules, id);
  const step = stepOf(guide, stepId);
  if (!step.query) throw notFound('query of this step');
  const subject = await loadSubject(context, id);
  const question = questionOf(step, subject);
  if (!question) {
    const { missing } = fillQuery(step.query.kql, subject.events);
    throw new Refusal('invalid-query', `This cannot be asked: no event of the alert has ${missing.join(' and ')}.`);
  }
  const found = await searchEvents(context.store, { ...question, limit: MOST_ROWS, offset: 0 });
  if (!found.ok) throw new Refusal('invalid-query', found.error.map((problem) => problem.message).join(' '));
  return { events: found.value.events, total: found.value.total, columns: step.query.columns };
}

/** Keeps an analyst's answer to a step, with what the data said when its finding was given. */
export async function answer(
  context: GuideContext,
  author: Author,
  id: string,
  stepId: string,
  given: z.output<typeof answerStep.body>,
): Promise<StepState> {
  const { state, store, rules } = context;
  const { guide, version } = await guideOfAlert(state, rules, id);
  const step = stepOf(guide, stepId);
  const [present] = await readStepStates(state, id, [step]);
  const isNew = given.finding !== null && (given.confirm || given.finding !== present?.finding);
  const subject = isNew ? await loadSubject(context, id) : null;
  const seen = subject && (await seenOf(step, subject, store, await hintInputOf(store, subject), author.now));
  return writeStepState(state, author, id, { guide, guideVersion: version, step, answer: given, seen });
}

/** Goes over to the guide in force: answers to steps that it has too are kept. */
export async function adoptGuide({ state, rules }: GuideContext, author: Author, id: string): Promise<void> {
  const { version, current } = await guideOfAlert(state, rules, id);
  if (version === current) return;
  await state.transaction().execute(async (transaction) => {
    await transaction.updateTable('alerts').set({ guideVersion: current }).where('id', '=', id).execute();
    const { guide } = await guideOfAlert(transaction, rules, id);
    await countAnswers(transaction, id, guide);
    const detail = `went over from version ${version} of the guide to ${current}`;
    await recordActivity(transaction, author, [{ subject: 'alert', subjectId: id, action: 'guide', detail }]);
  });
}
