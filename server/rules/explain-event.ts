import type { EventNumber } from '#server/store/event-store.ts';
import { storedDocument } from '#server/store/records/parse-record.ts';
import type { Fate, RuleExplanation } from '#shared/api/explain.ts';
import { formatInstant, type Instant } from '#shared/base/time.ts';
import { evaluateFilter } from '#shared/evaluate/evaluate.ts';
import { explain } from '#shared/evaluate/explain.ts';
import type { ExplainedClause } from '#shared/evaluate/explained-clause.ts';
import { type FlatDocument, flatten } from '#shared/event/document.ts';
import { allOf, type Expression } from '#shared/plan/expression.ts';
import { EVENT_COLUMN, EVENTS_COLUMN, TICK_COLUMN, type Ticks } from '#shared/plan/plan.ts';
import { type Row, valuesOf } from '#shared/plan/value.ts';
import { compileExceptions } from '#shared/rule/compile-exceptions.ts';
import type { CompiledRule } from '#shared/rule/compiled-rule.ts';
import type { Rule } from '#shared/rule/rule.ts';
import { type Ending, gated, groupOf, rowsOf, unraised } from './explain-row.ts';
import { exceptedWords, failedWords, keyTexts, listed } from './explain-words.ts';
import { type Explaining, explainable, nothing } from './explaining.ts';
import { runRule } from './run.ts';
import { firstSeenOf, termsOf } from './term-history.ts';

/** The event that is asked about: its number, how it is known, and its record. */
export interface ExplainedEvent {
  readonly number: EventNumber;
  readonly id: string;
  readonly text: string;
}

/**
 * What became of an event under a rule: the first cause, in the order in which a run meets them, for which it is in no alert of
 * the runs that see it; or that it is in one.
 */
export async function explainEvent(context: Explaining, rule: Rule, event: ExplainedEvent): Promise<RuleExplanation> {
  const compiled = explainable(context, rule);
  if (!('plan' in compiled)) return compiled;
  const ticks = await runsSeeing(context, compiled, event.number);
  if (!ticks) {
    return { ...nothing(rule), fate: 'unseen', because: 'No run of the schedule looks at the time of this event.' };
  }
  const document = flatten(storedDocument(event.text), context.store.catalogue);
  const clauses = clausesOf(compiled, document, ticks.first);
  const known = { ...nothing(rule), at: formatInstant(ticks.first), clauses };
  if (clauses.outcome !== 'pass') {
    const fate: Fate = clauses.outcome === 'null' ? 'undecided' : 'no-match';
    return { ...known, fate, because: failedWords(clauses) };
  }
  const exceptions = exceptionsLeavingOut(context, document, ticks.first);
  if (exceptions.length > 0) return { ...known, fate: 'excepted', exceptions, because: exceptedWords(exceptions) };
  return explainMatch(context, compiled, event, { ticks, document, known });
}

interface Match {
  readonly ticks: Ticks;
  readonly document: FlatDocument;
  readonly known: Omit<RuleExplanation, 'fate' | 'because'>;
}

/** Of an event that matches: what came of it when rows were made of events. */
async function explainMatch(
  context: Explaining,
  compiled: CompiledRule,
  event: ExplainedEvent,
  { ticks, document, known }: Match,
): Promise<RuleExplanation> {
  const { store, signal, reported } = context;
  const earlier = {
    ...(reported && { reported: await reported(ticks.first) }),
    ...(context.known && { known: context.known }),
  };
  const options = { ...(signal && { signal }), ...earlier };
  const { drafts } = await runRule(store, compiled, ticks, options);
  const draft = drafts.find(({ events }) => events.includes(event.id));
  const hasEvent = (row: Row): boolean =>
    valuesOf(row[EVENTS_COLUMN]).some((number) => Number(number) === event.number);
  if (draft) {
    const row = (await rowsOf(context, compiled, ticks, false)).find(
      (one) => hasEvent(one) && Number(one[TICK_COLUMN]) === draft.tick,
    );
    const group = row && compiled.aggregating ? groupOf(compiled, row) : null;
    const because = `It is in the alert of the run at ${formatInstant(draft.tick)}.`;
    return { ...known, at: formatInstant(draft.tick), group, fate: 'alerts', because };
  }
  const present = (await rowsOf(context, compiled, ticks, false)).find(hasEvent);
  if (present) return { ...known, ...unraised(compiled, present) };
  if (compiled.rule.newTerms) return { ...known, ...(await termsSeen(context, compiled, document, ticks)) };
  const missing = (compiled.rule.threshold?.fields ?? []).filter((name) => !document.has(name));
  if (missing.length > 0) {
    return { ...known, fate: 'undecided', because: `${listed(missing)} missing: it is in no group.` };
  }
  const row = (await rowsOf(context, compiled, ticks, true)).find(hasEvent);
  if (row) return { ...known, ...gated(context, compiled, row) };
  return { ...known, fate: 'no-match', because: 'A later step of the query leaves it out.' };
}

/** The runs whose windows hold the event; null where none does. */
async function runsSeeing(
  { store }: Explaining,
  { rule, time }: CompiledRule,
  number: EventNumber,
): Promise<Ticks | null> {
  const isEvent: Expression = {
    kind: 'compare',
    operator: '==',
    left: { kind: 'single', of: { kind: 'column', name: EVENT_COLUMN, type: 'long' } },
    right: { kind: 'literal', type: 'long', value: number },
  };
  const steps = [
    { kind: 'filter', where: isEvent },
    { kind: 'derive', columns: [{ name: '$at', value: time }] },
    { kind: 'keep', columns: ['@timestamp'] },
  ] as const;
  const { rows } = await store.run({ steps }, { now: 0 });
  const at = rows[0]?.['$at'];
  if (typeof at !== 'number') return null;
  const { interval, window } = rule;
  const first = Math.ceil(at / interval) * interval;
  const last = Math.floor((at + window) / interval) * interval;
  return last < first ? null : { first, last, interval };
}

function clausesOf({ rule, filter, timeFilter }: CompiledRule, document: FlatDocument, now: Instant): ExplainedClause {
  const whole = timeFilter ? allOf([filter, timeFilter]) : filter;
  return explain(whole, document, { now, text: rule.query });
}

function exceptionsLeavingOut({ store, exceptions }: Explaining, document: FlatDocument, now: Instant): string[] {
  return exceptions.flatMap((exception) => {
    if (exception.stage !== 'event') return [];
    const compiled = compileExceptions([exception], store.catalogue, []);
    const spares = compiled.ok ? compiled.value.events : null;
    return spares && evaluateFilter(spares, document, now) !== true ? [exception.name] : [];
  });
}

async function termsSeen(
  context: Explaining,
  compiled: CompiledRule,
  document: FlatDocument,
  ticks: Ticks,
): Promise<Ending> {
  const terms = termsOf(compiled, document);
  if (!terms.ok)
    return { fate: 'undecided', because: `${listed(terms.error)} missing: it is in no combination of terms.` };
  const first = await firstSeenOf(context.store, compiled, terms.value, ticks);
  const group = { keys: keyTexts(terms.value), events: 0, conditions: [] };
  const firstSeen = first === null ? null : formatInstant(first);
  const because =
    firstSeen === null
      ? 'The exceptions on rows, or the limit, leave its terms out.'
      : `Its terms are not new: they were first seen at ${firstSeen}.`;
  return { fate: firstSeen === null ? 'excepted' : 'not-new', because, group, firstSeen };
}
