import { unreachable } from '#shared/base/assert.ts';
import type { Diagnostic } from '#shared/base/diagnostic.ts';
import { blocksBetween } from '#shared/base/ip-blocks.ts';
import { fail, type Result, succeed } from '#shared/base/result.ts';
import type { FieldCatalogue } from '#shared/event/field.ts';
import { esqlLiteral, esqlName } from '#shared/lang/esql/syntax/literal.ts';
import { resolveField } from '#shared/lang/kql/fields.ts';
import { kqlFieldName, kqlLiteral } from '#shared/lang/kql/literal.ts';
import { splitsAtBlanks } from '#shared/lang/kql/lower-wildcard.ts';
import { printLiteral } from '#shared/lang/kql/print.ts';
import { literalOf, ONE } from '#shared/plan/pattern.ts';
import type { ItemContext } from './compile.ts';
import type { AnyEntry, ExceptionEntry, ListEntry, NestedEntry } from './item.ts';
import type { ValueLists } from './value-list.ts';
import { escapeExceptionPattern, exceptionPattern } from './wildcard.ts';

/**
 * An exception as a piece of KQL to put behind `and` in a query: `not (…)`. Fails for what KQL cannot say: patterns with `?`,
 * as it has none, with blanks at both ends, which it cuts, and with blanks on fields other than keywords, where it reads OR;
 * lists of values that are not here.
 */
export function exceptionFragment(
  entries: readonly AnyEntry[],
  catalogue: FieldCatalogue,
  context: ItemContext = {},
): Result<string, readonly Diagnostic[]> {
  const diagnostics: Diagnostic[] = [];
  const clauses = clausesOf(entries, catalogue, context, diagnostics);
  return diagnostics.length > 0 ? fail(diagnostics) : succeed(`not (${clauses.join(' and ')})`);
}

/**
 * The same for ES|QL, to put behind `WHERE` before anything is counted: KQL inside it, as its own comparisons know nothing of
 * several values; patterns that KQL cannot say by LIKE, where the field has one value at most.
 */
export function exceptionFragmentEsql(
  entries: readonly AnyEntry[],
  catalogue: FieldCatalogue,
  context: ItemContext = {},
): Result<string, readonly Diagnostic[]> {
  const diagnostics: Diagnostic[] = [];
  const likes: string[] = [];
  const rest = entries.filter((entry) => {
    const like = likeOf(entry, catalogue);
    if (like !== null) likes.push(like);
    return like === null;
  });
  const clauses = clausesOf(rest, catalogue, context, diagnostics);
  if (diagnostics.length > 0) return fail(diagnostics);
  const kql = clauses.length > 0 ? [`KQL(${esqlLiteral(clauses.join(' and '))})`] : [];
  return succeed(`NOT (${[...kql, ...likes].join(' AND ')})`);
}

/** A pattern that only LIKE can say, as a condition that is never null; null: KQL can say it, or LIKE neither. */
function likeOf(entry: AnyEntry, catalogue: FieldCatalogue): string | null {
  if (entry.type !== 'wildcard') return null;
  const resolved = resolveField(entry.field, catalogue);
  const refused: Diagnostic[] = [];
  patternOf(entry.field, entry.value, catalogue, refused);
  if (refused.length === 0 || !resolved || resolved.caseless || resolved.field.many) return null;
  if (resolved.field.type !== 'keyword' && resolved.field.type !== 'wildcard') return null;
  const pattern = exceptionPattern(entry.value)
    .map((part) => (typeof part === 'string' ? escapeExceptionPattern(part) : part === ONE ? '?' : '*'))
    .join('');
  const like = `COALESCE(${esqlName(resolved.field.name)} LIKE ${esqlLiteral(pattern)}, FALSE)`;
  return entry.operator === 'included' ? like : `NOT ${like}`;
}

function clausesOf(
  entries: readonly AnyEntry[],
  catalogue: FieldCatalogue,
  { osTypes = [], lists = new Map() }: ItemContext,
  diagnostics: Diagnostic[],
): readonly string[] {
  const clauses = entries.map((entry) => {
    if (entry.type === 'nested') return nestedClause(entry);
    const clause =
      entry.type === 'list' ? listClause(entry, lists, diagnostics) : clauseOf(entry, catalogue, diagnostics);
    return entry.operator === 'included' ? clause : `not ${clause}`;
  });
  if (osTypes.length === 0) return clauses;
  const systems = `(${osTypes.map(kqlLiteral).join(' or ')})`;
  const names = catalogue.find('host.os.name') ? ` or host.os.name.caseless:${systems}` : '';
  return [...clauses, `(host.os.type:${systems}${names})`];
}

const clauseOf = (entry: ExceptionEntry, catalogue: FieldCatalogue, diagnostics: Diagnostic[]): string =>
  `${kqlFieldName(entry.field)}:${valuesOf(entry, catalogue, diagnostics)}`;

/** Conditions on one object of a list: `path:{ … }`. */
function nestedClause({ field, entries }: NestedEntry): string {
  const conditions = entries.map((entry) => {
    const values =
      entry.type === 'exists'
        ? '*'
        : entry.type === 'match'
          ? kqlLiteral(entry.value)
          : `(${entry.value.map(kqlLiteral).join(' or ')})`;
    const clause = `${kqlFieldName(entry.field)}:${values}`;
    return entry.operator === 'included' ? clause : `not ${clause}`;
  });
  return `${kqlFieldName(field)}:{ ${conditions.join(' and ')} }`;
}

/**
 * Values of a list written out: a query elsewhere has no list to look in. Stretches of addresses as networks: of several
 * addresses of an event, two bounds could be met by two of them.
 */
function listClause({ field, list }: ListEntry, lists: ValueLists, diagnostics: Diagnostic[]): string {
  const values = lists.get(list.id);
  const name = kqlFieldName(field);
  const written = (values ?? []).flatMap((value) => {
    const [from = '', to] = list.type === 'ip_range' ? value.split('-').map((part) => part.trim()) : [value];
    return to === undefined ? [from] : blocksBetween(from, to);
  });
  if (written.length === 0 || written.length > MOST_WRITTEN) {
    diagnostics.push({
      code: 'no-list',
      severity: 'error',
      message: values
        ? `The list ${list.id} comes to ${written.length} values: from 1 to ${MOST_WRITTEN} can be written out.`
        : `There is no list ${list.id} here.`,
      remedy: 'Keep it as an exception.',
    });
    return `${name}:*`;
  }
  return `${name}:(${written.map(kqlLiteral).join(' or ')})`;
}

/** Values that a query can be expected to carry. */
const MOST_WRITTEN = 1000;

function valuesOf(entry: ExceptionEntry, catalogue: FieldCatalogue, diagnostics: Diagnostic[]): string {
  switch (entry.type) {
    case 'exists':
      return '*';
    case 'match':
      return kqlLiteral(entry.value);
    case 'match_any':
      return `(${entry.value.map(kqlLiteral).join(' or ')})`;
    case 'wildcard':
      return patternOf(entry.field, entry.value, catalogue, diagnostics);
    default:
      return unreachable(entry);
  }
}

function patternOf(field: string, text: string, catalogue: FieldCatalogue, diagnostics: Diagnostic[]): string {
  const pattern = exceptionPattern(text);
  const literal = literalOf(pattern);
  if (literal !== null) return kqlLiteral(literal);
  const words = pattern.map((part) => (typeof part === 'string' ? part : '*')).join('');
  const resolved = resolveField(field, catalogue);
  const split = (!resolved || splitsAtBlanks(resolved)) && /\s/.test(words);
  if (pattern.includes(ONE) || words !== words.trim() || split) {
    diagnostics.push({
      code: 'no-kql-form',
      severity: 'error',
      message: `KQL has no form for the pattern "${text}" on ${field}.`,
      remedy: 'Keep it as an exception, or write * in place of ? and of blanks where that is not too broad.',
    });
  }
  return printLiteral({ kind: 'wildcard', pattern, span: { from: 0, to: 0 } });
}
