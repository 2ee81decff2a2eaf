import { parseSpan } from '#shared/base/time.ts';
import type { FieldCatalogue, FieldType } from '#shared/event/field.ts';
import { compileKql } from '#shared/lang/kql/compile.ts';
import type { Guide, GuideStep } from './guide.ts';
import { HINTS } from './hints.ts';
import { PLACEHOLDER, templateFields } from './template.ts';

/** Something wrong with a guide, and where: members and places, with dots. */
export interface GuideFault {
  readonly path: string;
  readonly severity: 'error' | 'warning';
  readonly message: string;
}

const error = (path: string, message: string): GuideFault => ({ path, severity: 'error', message });
const warning = (path: string, message: string): GuideFault => ({ path, severity: 'warning', message });

/** What would make a guide fail its reader, over events with these fields. Without an error it may be used. */
export function checkGuide({ steps }: Guide, catalogue: FieldCatalogue): readonly GuideFault[] {
  const ids = steps.map(({ id }) => id);
  return steps.flatMap((step, index) => [
    ...(ids.indexOf(step.id) < index ? [error(`steps.${index}.id`, 'Another step has this id.')] : []),
    ...checkStep(step, catalogue).map((fault) => ({ ...fault, path: `steps.${index}.${fault.path}` })),
  ]);
}

function checkStep(step: GuideStep, catalogue: FieldCatalogue): readonly GuideFault[] {
  const unknown = (path: string, names: readonly string[]): readonly GuideFault[] =>
    names
      .filter((name) => !catalogue.find(name))
      .map((name) => error(path, `The events have no field ${name === '' ? 'without a name' : name}.`));
  return [
    ...(step.title.trim() === '' ? [error('title', 'A title is needed.')] : []),
    ...(step.ask.trim() === '' ? [error('ask', 'A question, or a task, is needed.')] : []),
    ...unknown('fields', step.fields),
    ...unknown('exceptionFields', step.exceptionFields),
    ...step.hints
      .filter((name) => !HINTS.has(name))
      .map((name) => error('hints', `There is no automatic hint ${name}.`)),
    ...checkQuery(step, catalogue, unknown),
    ...step.conditions.flatMap(({ kql, reason }, at) => [
      ...kqlFaults(`conditions.${at}.kql`, kql, catalogue),
      ...(reason.trim() === '' ? [error(`conditions.${at}.reason`, 'A hint needs a reason.')] : []),
    ]),
    ...step.commands.flatMap(({ label, command }, at) => [
      ...(label.trim() === '' ? [error(`commands.${at}.label`, 'A label is needed.')] : []),
      ...(command.trim() === '' ? [error(`commands.${at}.command`, 'A command is needed.')] : []),
      ...unknown(`commands.${at}.command`, templateFields(command)),
      ...commandFaults(`commands.${at}.command`, command),
    ]),
    ...(new Set(step.findings).size < step.findings.length ? [error('findings', 'An answer stands there twice.')] : []),
  ];
}

function checkQuery(
  { query }: GuideStep,
  catalogue: FieldCatalogue,
  unknown: (path: string, names: readonly string[]) => readonly GuideFault[],
): readonly GuideFault[] {
  if (!query) return [];
  const fields = templateFields(query.kql);
  const unknownFields = unknown('query.kql', fields);
  const quoted = placeholdersIn(query.kql).some(({ quotedBy }) => quotedBy !== null);
  return [
    ...unknownFields,
    ...(quoted ? [error('query.kql', 'A placeholder brings its own quotation marks: take those around it away.')] : []),
    ...(unknownFields.length > 0 || quoted ? [] : kqlFaults('query.kql', sampled(query.kql, catalogue), catalogue)),
    ...spanFaults('query.before', query.before),
    ...spanFaults('query.after', query.after),
    ...unknown('query.columns', query.columns),
    ...(query.reading.trim() === '' ? [warning('query.reading', 'Say what rows, and no rows, mean.')] : []),
  ];
}

const spanFaults = (path: string, text: string): readonly GuideFault[] =>
  parseSpan(text) === null ? [error(path, 'A length such as 15m, 1h or 7d.')] : [];

function kqlFaults(path: string, kql: string, catalogue: FieldCatalogue): readonly GuideFault[] {
  if (kql.trim() === '') return [error(path, 'A query is needed.')];
  const compiled = compileKql(kql, catalogue);
  const problems = compiled.ok ? compiled.value.warnings : compiled.error;
  return problems.map(({ severity, message }) => ({ path, severity, message }));
}

/** The template with values of each field's type in the place of those of an alert. */
const sampled = (template: string, catalogue: FieldCatalogue): string =>
  template.replace(PLACEHOLDER, (_, field: string) => SAMPLES[catalogue.find(field)?.type ?? 'keyword'] ?? TEXTS);

const TEXTS = '("a b" or "c:d")';
const SAMPLES: Partial<Readonly<Record<FieldType, string>>> = {
  long: '("1" or "2")',
  double: '("1" or "2.5")',
  boolean: '("true" or "false")',
  date: '("2026-01-01T00:00:00.000Z" or "2026-01-02T00:00:00.000Z")',
  ip: '("10.0.0.1" or "10.0.0.2")',
};

/** A value that begins with a dash must not become an option of the command that it is given to. */
const SAFE_BEFORE = /^(--|-p|-d|-uid|--uid-owner|euid=)$/;

const commandFaults = (path: string, command: string): readonly GuideFault[] =>
  placeholdersIn(command).flatMap(({ field, before, quotedBy }) => {
    if (quotedBy !== null) {
      return [error(path, `{{${field}}} brings its own quotation marks: take those around it away.`)];
    }
    return SAFE_BEFORE.test(before)
      ? []
      : [warning(path, `A value that begins with a dash would be an option: write -- before {{${field}}}.`)];
  });

interface Placeholder {
  readonly field: string;
  /** The word before it. */
  readonly before: string;
  /** The quotation mark that is open where it stands. */
  readonly quotedBy: string | null;
}

function placeholdersIn(template: string): readonly Placeholder[] {
  return [...template.matchAll(PLACEHOLDER)].map((match) => ({
    field: match[1] ?? '',
    before: /(\S*)\s*$/.exec(template.slice(0, match.index))?.[1] ?? '',
    quotedBy: openQuote(template.slice(0, match.index)),
  }));
}

/** The quotation mark that is open at the end of a text of shell or KQL; `$(…)` within one begins anew. */
function openQuote(text: string): string | null {
  const open: string[] = [];
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at] ?? '';
    const within = open.at(-1);
    if (within === "'") {
      if (character === "'") open.pop();
    } else if (character === '\\') at += 1;
    else if (character === '$' && text[at + 1] === '(') {
      open.push('(');
      at += 1;
    } else if ((character === ')' && within === '(') || (character === '"' && within === '"')) open.pop();
    else if (character === '"' || (character === "'" && within !== '"')) open.push(character);
  }
  const within = open.at(-1);
  return within === undefined || within === '(' ? null : within;
}
