import { kqlLiteral } from '#shared/lang/kql/literal.ts';
import { distinctValues, type EventValues, valuesIn } from './event-values.ts';
import { shellQuote } from './shell-quote.ts';

export const PLACEHOLDER = /\{\{\s*([\w@.-]+)\s*\}\}/g;

/** Fields that a template wants, each once, in order of appearance. */
export const templateFields = (template: string): readonly string[] => [
  ...new Set([...template.matchAll(PLACEHOLDER)].map((match) => match[1] ?? '')),
];

/** True of no event. */
const NOTHING = 'not *:*';

export interface FilledQuery {
  readonly kql: string;
  /** Fields that no event has. Where there are any, the query matches nothing: it cannot be asked. */
  readonly missing: readonly string[];
}

/**
 * A query template with the values of an alert's events: `{{field}}` becomes a quoted literal, or `(a or b)` for several. It
 * stands where KQL takes a value.
 */
export function fillQuery(template: string, events: readonly EventValues[]): FilledQuery {
  const missing = templateFields(template).filter((field) => distinctValues(events, field).length === 0);
  if (missing.length > 0) return { kql: NOTHING, missing };
  const kql = template.replace(PLACEHOLDER, (_, field: string) => {
    const literals = distinctValues(events, field).map(kqlLiteral);
    return literals.length === 1 ? literals.join('') : `(${literals.join(' or ')})`;
  });
  return { kql, missing };
}

/** As many commands as an analyst would copy one by one. */
const MOST_COMMANDS = 20;

export interface FilledCommands {
  /** One per event, each once: values of different events are never mixed. */
  readonly commands: readonly string[];
  /** Fields that no event has; then there are no commands. */
  readonly missing: readonly string[];
  /** Further commands that are not listed. */
  readonly more: number;
}

/** A command template filled event by event: `{{field}}` becomes a quoted word, several values several words. */
export function fillCommands(template: string, events: readonly EventValues[]): FilledCommands {
  const fields = templateFields(template);
  if (fields.length === 0) return { commands: [template], missing: [], more: 0 };
  const complete = events.filter((event) => fields.every((field) => valuesIn(event, field).length > 0));
  const commands = [...new Set(complete.map((event) => fillCommand(template, event)))];
  return {
    commands: commands.slice(0, MOST_COMMANDS),
    missing: fields.filter((field) => distinctValues(events, field).length === 0),
    more: Math.max(0, commands.length - MOST_COMMANDS),
  };
}

const fillCommand = (template: string, event: EventValues): string =>
  template.replace(PLACEHOLDER, (_, field: string) => valuesIn(event, field).map(shellQuote).join(' '));
