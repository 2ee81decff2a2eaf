import type { Diagnostic } from '#shared/base/diagnostic.ts';
import type { FieldCatalogue } from '#shared/event/field.ts';
import { everyField, nameOf, resolveField } from '#shared/lang/kql/fields.ts';
import { nearNames } from '#shared/lang/kql/near-names.ts';
import type { ResultColumn } from '#shared/plan/result.ts';
import { columnCatalogue } from '../compile.ts';
import type { AnyEntry, ExceptionStage, NestedEntry } from '../item.ts';
import { entrySentence } from '../sentence.ts';
import { hasStrayBackslash } from '../wildcard.ts';
import { error, warning } from './finding.ts';
import { isExcluded } from './lint-breadth.ts';
import type { LintContext } from './lint-context.ts';

/** What is wrong with one condition by its words and the fields there are. */
export function lintEntry(entry: AnyEntry, stage: ExceptionStage, context: LintContext): readonly Diagnostic[] {
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
