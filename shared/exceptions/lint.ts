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
}

export interface LintedDraft extends ItemContext {
  readonly stage: ExceptionStage;
  readonly entries: readonly AnyEntry[];
}

/**
 * What is wrong with a draft, and what may surprise its author. Errors: it could never work as written. Warnings: it works,
 * and does more, less or other than it seems to.
 */
export function lintException(draft: LintedDraft, context: LintContext): readonly Diagnostic[] {
  const perEntry = draft.entries.flatMap((entry) => lintEntry(entry, draft, context));
  return [...lintTypes(draft, context), ...perEntry, ...lintBreadth(draft.entries)];
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
  const findings = [...lintLists(entry, catalogue), ...lintPattern(entry), ...lintLength(entry, catalogue)];
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
    if (!hasStrayBackslash(entry.value)) return [];
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
