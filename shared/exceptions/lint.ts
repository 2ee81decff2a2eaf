import type { Diagnostic } from '#shared/base/diagnostic.ts';
import type { FieldCatalogue } from '#shared/event/field.ts';
import { everyField, nameOf, resolveField } from '#shared/lang/kql/fields.ts';
import { nearNames } from '#shared/lang/kql/near-names.ts';
import type { ResultColumn } from '#shared/plan/result.ts';
import { columnCatalogue, compileException, compileResultException, type ItemContext } from './compile.ts';
import type { AnyEntry, ExceptionStage, NestedEntry } from './item.ts';
import { entrySentence } from './sentence.ts';
import { hasStrayBackslash } from './wildcard.ts';

export interface LintContext {
  /** Fields of source events. */
  readonly catalogue: FieldCatalogue;
  /** Columns of the rule's result rows. */
  readonly columns: readonly ResultColumn[];
  /** What the rule counts by; null where it counts nothing. */
  readonly groupingKeys: readonly string[] | null;
  /** It alerts on terms that were not there before. */
  readonly newTerms?: boolean;
}

export interface LintedDraft extends ItemContext {
  readonly stage: ExceptionStage;
  readonly entries: readonly AnyEntry[];
  readonly expiresAt?: string | null;
}

/** A finding, with the number of the entry that it is about, from 0; absent: the whole item. */
export type LintFinding = Diagnostic & { readonly entry?: number };

/**
 * What is wrong with a draft, and what may surprise its author. Errors: it could never work as written. Warnings: it works,
 * and does more, less or other than it seems to.
 */
export function lintException(draft: LintedDraft, context: LintContext): readonly LintFinding[] {
  const perEntry = draft.entries.flatMap((entry, index) =>
    lintEntry(entry, draft, context).map((finding) => ({ ...finding, entry: index })),
  );
  return [...lintTypes(draft, context), ...perEntry, ...lintBreadth(draft.entries), ...lintExpiry(draft, context)];
}

const warning = (code: string, message: string, remedy: string): Diagnostic => ({
  code,
  severity: 'warning',
  message,
  remedy,
});
const error = (code: string, message: string, remedy: string): Diagnostic => ({
  code,
  severity: 'error',
  message,
  remedy,
});

/** What compiling refuses: values that the field's type cannot hold, columns that the result does not have. */
function lintTypes(draft: LintedDraft, { catalogue, columns }: LintContext): readonly Diagnostic[] {
  const { stage, entries } = draft;
  const compiled =
    stage === 'event' ? compileException(entries, catalogue, draft) : compileResultException(entries, columns, draft);
  return compiled.ok ? [] : compiled.error;
}

function lintEntry(entry: AnyEntry, { stage }: LintedDraft, context: LintContext): readonly Diagnostic[] {
  if (entry.type === 'nested') return stage === 'event' ? lintNested(entry, context) : [];
  const catalogue = stage === 'event' ? context.catalogue : columnCatalogue(context.columns);
  const findings = [
    ...lintLists(entry, catalogue),
    ...lintPattern(entry),
    ...lintBlanks(entry),
    ...lintLength(entry, catalogue),
  ];
  return stage === 'event' ? [...lintEventField(entry, context), ...findings] : findings;
}

function lintEventField(entry: AnyEntry, { catalogue, columns, groupingKeys }: LintContext): readonly Diagnostic[] {
  const { field } = entry;
  const resolved = resolveField(field, catalogue);
  if (!resolved) return [unknownField(field, catalogue, columns)];
  if (groupingKeys === null || groupingKeys.includes(resolved.field.name)) return [];
  return [
    warning(
      'changes-counts',
      `The rule does not group by ${field}: leaving events out by it changes what the rule counts, and can make a command rare that was not.`,
      `Prefer ${groupingKeys.join(', ')}, or let the exception act on results.`,
    ),
  ];
}

/** On a path that is not mapped as nested, Elasticsearch finds no object. */
function lintNested({ field, entries }: NestedEntry, { catalogue }: LintContext): readonly Diagnostic[] {
  const nested = catalogue.find(field);
  if (nested?.type !== 'nested') {
    return [
      error(
        'not-nested',
        `${field} is not mapped as a list of objects (nested): no event would meet this.`,
        'Write a condition for each field by its full name.',
      ),
    ];
  }
  const known = (nested.fields ?? []).map(({ name }) => name);
  return entries
    .filter((entry) => !known.includes(entry.field))
    .map((entry) =>
      error(
        'unknown-field',
        `The objects of ${field} have no field ${entry.field}.`,
        known.length > 0 ? `They have ${known.join(', ')}.` : 'None of their fields is known.',
      ),
    );
}

function unknownField(field: string, catalogue: FieldCatalogue, columns: readonly ResultColumn[]): Diagnostic {
  if (columns.some((column) => column.name === field)) {
    return error(
      'computed-column',
      `${field} is computed by the rule: events do not have it.`,
      'Let the exception act on results.',
    );
  }
  const near = nearNames(field, everyField(catalogue).map(nameOf));
  const remedy = near.length > 0 ? `Did you mean ${near.join(' or ')}?` : 'Choose a field that events have.';
  return error('unknown-field', `Events have no field ${field}.`, remedy);
}

function lintLists(entry: AnyEntry, catalogue: FieldCatalogue): readonly Diagnostic[] {
  if (entry.type !== 'match_any' || isExcluded(entry) || !catalogue.find(entry.field)?.many) return [];
  return [
    warning(
      'any-element',
      `${entry.field} is a list: an event with any one of these values, among others, is left out.`,
      'Write one condition per value that must be there, or use the command line.',
    ),
  ];
}

function lintPattern(entry: AnyEntry): readonly Diagnostic[] {
  if (entry.type === 'wildcard') {
    if (/^\*+$/.test(entry.value)) {
      return [
        warning(
          'matches-any-value',
          `${entrySentence(entry)}: every value does.`,
          'Narrow the pattern, or say "exists".',
        ),
      ];
    }
    if (!hasStrayBackslash(entry.value)) return lintReach(entry.field, entry.value);
    return [
      error(
        'stray-backslash',
        `In ${entry.field}, a backslash stands before a character that needs none, and would be dropped.`,
        String.raw`Write \\ for a backslash, \* for an asterisk, \? for a question mark.`,
      ),
    ];
  }
  const values = entry.type === 'match' ? [entry.value] : entry.type === 'match_any' ? entry.value : [];
  if (!values.some((value) => /[*?]/.test(value))) return [];
  return [
    warning(
      'literal-wildcard',
      `${entry.field}: * and ? stand for themselves in "${entry.type === 'match' ? 'is' : 'is one of'}".`,
      'Use "matches" for a pattern; keep this for a value that has such a character.',
    ),
  ];
}

/** Patterns that somebody who can write a file, or add an argument, steps into. */
function lintReach(field: string, pattern: string): readonly Diagnostic[] {
  if (/^(?:\/[^*?]*)?\/\*+$/.test(pattern)) {
    return [
      warning(
        'whole-directory',
        `${field}: “${pattern}” takes in everything below a directory, also what somebody puts there later.`,
        'Name the file, or add the parent and the user.',
      ),
    ];
  }
  if (!pattern.endsWith('*') || !/command_line|args/.test(field)) return [];
  return [
    warning(
      'open-end',
      `${field}: anything may follow the start of “${pattern}”, also a second command after ; or &&.`,
      'Write the end as well, or compare the whole value.',
    ),
  ];
}

/** A blank at an end is in few values, and in no sight. */
function lintBlanks(entry: AnyEntry): readonly Diagnostic[] {
  const values = entry.type === 'match' || entry.type === 'wildcard' ? [entry.value] : [];
  const all = entry.type === 'match_any' ? entry.value : values;
  if (all.every((value) => value === value.trim())) return [];
  return [
    warning(
      'outer-blank',
      `${entry.field}: a value begins or ends with a blank, which must be there in the event too.`,
      'Take it out, unless the field has it.',
    ),
  ];
}

/** What was hidden is not old to the rule: at the end it comes back as new, all at once. */
function lintExpiry({ stage, expiresAt }: LintedDraft, { newTerms }: LintContext): readonly Diagnostic[] {
  if (!newTerms || stage !== 'event' || !expiresAt) return [];
  return [
    warning(
      'terms-return',
      'The rule looks for what is new: when this expires, all it hid returns as new at once.',
      'Let it act on results, or plan a look at the alerts of that day.',
    ),
  ];
}

function lintLength(entry: AnyEntry, catalogue: FieldCatalogue): readonly Diagnostic[] {
  const limit = resolveField(entry.field, catalogue)?.field.ignoreAbove;
  const values = entry.type === 'match' ? [entry.value] : entry.type === 'match_any' ? entry.value : [];
  if (limit === undefined || !values.some((value) => value.length > limit)) return [];
  return [
    warning(
      'too-long',
      `${entry.field} is kept up to ${limit} characters: a longer value is absent, and cannot match.`,
      'Use another field.',
    ),
  ];
}

/** Fields that many unrelated events share: alone, one of them hides a whole host, user or server. */
const BROAD = new Set([
  'host.name',
  'host.id',
  'host.hostname',
  'host.ip',
  'agent.id',
  'agent.name',
  'user.name',
  'user.id',
  'host.os.type',
]);

const isExcluded = (entry: AnyEntry): boolean => entry.type !== 'nested' && entry.operator === 'excluded';

function lintBreadth(entries: readonly AnyEntry[]): readonly Diagnostic[] {
  if (entries.every(isExcluded)) {
    return [
      warning(
        'only-negations',
        'Every condition is a negation: it holds for all events but a few, also for those that lack the field.',
        'Add a condition that says what is to be left out.',
      ),
    ];
  }
  const asked = entries.filter((entry) => !isExcluded(entry));
  if (asked.length > 0 && asked.every(({ field, type }) => field === 'process.args' && type !== 'nested')) {
    return [
      warning(
        'lone-argument',
        'It asks for single arguments only: every program that is given them is left out, a shell among them.',
        'Add the executable or the command line.',
      ),
    ];
  }
  if (!entries.every((entry) => BROAD.has(entry.field) || isExcluded(entry))) return [];
  const fields = entries.filter((entry) => !isExcluded(entry)).map((entry) => entry.field);
  return [
    warning(
      'too-broad',
      `${fields.join(' and ')} alone would hide everything this rule finds there, attacks included.`,
      'Add the command line, the parent or the working directory.',
    ),
  ];
}
