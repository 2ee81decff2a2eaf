import { unreachable } from '#shared/base/assert.ts';
import type { Diagnostic } from '#shared/base/diagnostic.ts';
import { fail, type Result, succeed } from '#shared/base/result.ts';
import type { FieldCatalogue } from '#shared/event/field.ts';
import { resolveField } from '#shared/lang/kql/fields.ts';
import { kqlFieldName, kqlLiteral } from '#shared/lang/kql/literal.ts';
import { splitsAtBlanks } from '#shared/lang/kql/lower-wildcard.ts';
import { printLiteral } from '#shared/lang/kql/print.ts';
import { literalOf, ONE } from '#shared/plan/pattern.ts';
import type { ExceptionEntry } from './item.ts';
import { exceptionPattern } from './wildcard.ts';

/**
 * An exception as a piece of KQL to put behind `and` in a query: `not (…)`. Fails for patterns that KQL cannot say: it has no
 * `?`, cuts blanks at both ends, and on fields other than keywords reads a blank inside as OR.
 */
export function exceptionFragment(
  entries: readonly ExceptionEntry[],
  catalogue: FieldCatalogue,
): Result<string, readonly Diagnostic[]> {
  const diagnostics: Diagnostic[] = [];
  const clauses = entries.map((entry) => {
    const clause = `${kqlFieldName(entry.field)}:${valuesOf(entry, catalogue, diagnostics)}`;
    return entry.operator === 'included' ? clause : `not ${clause}`;
  });
  return diagnostics.length > 0 ? fail(diagnostics) : succeed(`not (${clauses.join(' and ')})`);
}

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
