import { countEvents } from '#server/investigate/events.ts';
import type { EventStore } from '#server/store/event-store.ts';
import { must } from '#shared/base/assert.ts';
import { formatInstant, type Instant, parseInstant, parseSpan } from '#shared/base/time.ts';
import { evaluateFilter } from '#shared/evaluate/evaluate.ts';
import { distinctValues } from '#shared/guide/event-values.ts';
import { prefillException } from '#shared/guide/fill-exception.ts';
import type { GuideStep } from '#shared/guide/guide.ts';
import type { Hint } from '#shared/guide/hint.ts';
import type { HintInput } from '#shared/guide/hint-input.ts';
import { bySuspicion, hintsFor } from '#shared/guide/hints.ts';
import type { Seen } from '#shared/guide/seen.ts';
import { fillCommands, fillQuery } from '#shared/guide/template.ts';
import { compileKql } from '#shared/lang/kql/compile.ts';
import type { Subject } from './subject.ts';

/** Values of one field that a step lists. */
const MOST_VALUES = 50;
/** So much of a value is kept with an answer. */
const LONGEST_KEPT = 300;

export const fieldsOf = ({ fields }: GuideStep, { events }: Subject) =>
  fields.map((field) => ({ field, values: distinctValues(events, field).slice(0, MOST_VALUES) }));

/** The step's query with the alert's values in it. Null where it asks nothing, or lacks a field that no event has. */
export function questionOf({ query }: GuideStep, { alert, events }: Subject) {
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

/** The step's commands with the alert's values in them: of several that differ by event, a line each. */
export const commandsOf = ({ commands }: GuideStep, { events }: Subject): { label: string; command: string }[] =>
  commands.flatMap(({ label, command }) => {
    const { commands: filled, more } = fillCommands(command, events);
    if (filled.length === 0) return [];
    const which = more > 0 ? ` (the first ${filled.length} of ${filled.length + more})` : '';
    return [{ label: `${label}${which}`, command: filled.join('\n') }];
  });

export const entriesOf = ({ exceptionFields }: GuideStep, { events }: Subject, store: EventStore) => [
  ...prefillException(exceptionFields, events, store.catalogue),
];

/** The hints of a step: those it names, and those whose condition holds for an event of the alert. */
export function hintsOf(
  { hints, conditions }: GuideStep,
  { documents }: Subject,
  store: EventStore,
  input: HintInput,
): readonly Hint[] {
  const stated = conditions.flatMap(({ kql, leaning, reason }) => {
    const compiled = compileKql(kql, store.catalogue);
    if (!compiled.ok) return [];
    const holds = documents.some((document) => evaluateFilter(compiled.value.expression, document, 0) === true);
    return holds ? [{ leaning, reason }] : [];
  });
  return bySuspicion([...hintsFor(hints, input), ...stated]);
}

/** What the data says about a step now. */
export async function seenOf(
  step: GuideStep,
  subject: Subject,
  store: EventStore,
  input: HintInput,
  now: Instant,
): Promise<Seen> {
  const question = questionOf(step, subject);
  const counted = question && (await countEvents(store, question));
  return {
    at: formatInstant(now),
    kql: question?.kql ?? null,
    rows: counted?.ok ? counted.value : null,
    hints: [...hintsOf(step, subject, store, input)],
    values: fieldsOf(step, subject).map(({ field, values }) => ({
      field,
      values: values.map((value) => value.slice(0, LONGEST_KEPT)),
    })),
  };
}
