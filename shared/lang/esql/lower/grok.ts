import { compareText } from '#shared/base/text.ts';
import { withoutLooks } from '#shared/lang/esql/patterns/look-aside.ts';
import { parseSearchPattern, type SearchPattern } from '#shared/lang/esql/patterns/search-pattern.ts';
import type { Capture } from '#shared/lang/esql/patterns/search-state.ts';
import type { Command, StringLiteral } from '#shared/lang/esql/syntax/ast.ts';
import type { Expression } from '#shared/plan/expression.ts';
import type { NamedExpression } from '#shared/plan/plan.ts';
import type { ValueType } from '#shared/plan/value.ts';
import { type Context, type Outcome, report, spanOf } from './context.ts';
import { deriveTogether } from './derive-columns.ts';
import { newName } from './name.ts';
import { lowerText } from './patterns.ts';

type Grok = Command & { readonly kind: 'grok' };

/** What GROK reads a capture as, and the conversion it takes. */
const CONVERSIONS: ReadonlyMap<string, readonly [name: string, type: ValueType]> = new Map([
  ['int', ['to_long', 'long']],
  ['long', ['to_long', 'long']],
  ['float', ['to_double', 'double']],
  ['double', ['to_double', 'double']],
  ['boolean', ['to_boolean', 'boolean']],
]);

/**
 * GROK: a column for each name in the pattern, by name, where the pattern is found anywhere in the text; null where it is
 * not, several values where a name or the text has several (elastic/elasticsearch `docs/reference/`, ES|QL `GROK`).
 */
export function lowerGrok(command: Grok, context: Context): Outcome {
  const [literal, ...more] = command.patterns;
  const text = lowerText(command.value, command, context);
  const pattern = literal && readPattern(literal, context);
  for (const another of more) {
    report(context, another, {
      code: 'unsupported-pattern',
      message: 'GROK takes one pattern here.',
      remedy: 'Join the patterns with |, as in (?:first|second).',
    });
  }
  if (!pattern || !text) return { steps: [], scope: { ...context.scope, open: true } };
  const columns = columnsOf(pattern, command, text, context);
  return deriveTogether(columns, context);
}

const LOOKS_ASIDE = 'it looks ahead or behind (as %{NUMBER}, %{IP} and %{TIME} do) at what may be anything';

function readPattern(literal: StringLiteral, context: Context): SearchPattern | null {
  const pattern = parseSearchPattern(literal.value, 'grok');
  const regex = pattern.ok ? withoutLooks(pattern.value.regex, true) : null;
  if (pattern.ok && regex) return { ...pattern.value, regex };
  const problem = pattern.ok ? LOOKS_ASIDE : pattern.error;
  return report(context, literal, {
    code: 'invalid-pattern',
    message: `Invalid pattern for GROK [${literal.value}]: [${problem}]`,
    remedy: pattern.ok
      ? 'Write what stands there, such as a blank or a colon, or take another pattern, such as (?<field>\\d+).'
      : 'GROK takes %{NAME:field} and regular expressions with named groups, (?<field>…).',
  });
}

function columnsOf(
  { regex, captures }: SearchPattern,
  command: Grok,
  of: Expression,
  context: Context,
): readonly NamedExpression[] {
  const span = spanOf(command);
  const place = command.patterns[0] ?? command;
  const names = [...new Set(captures.flatMap(({ name }) => name ?? []))].toSorted(compareText);
  return names.flatMap((name): readonly NamedExpression[] => {
    const indexes = captures.flatMap((capture, at) => (capture.name === name ? [at + 1] : []));
    const type = typeIn(captures, name);
    const conversion = type === null ? undefined : CONVERSIONS.get(type);
    if (newName({ text: name, ...spanOf(place) }, context) === null) return [];
    if (type !== null && type !== 'string' && !conversion) {
      report(context, place, {
        code: 'unsupported-pattern',
        message: `GROK reads no field as [${type}]`,
        remedy: `Types are ${['string', ...CONVERSIONS.keys()].join(', ')}.`,
      });
      return [];
    }
    const found: Expression = { kind: 'extract', of, regex, captures: indexes, span };
    if (!conversion) return [{ name, value: found }];
    return [{ name, value: { kind: 'call', name: conversion[0], type: conversion[1], args: [found], span } }];
  });
}

const typeIn = (captures: readonly Capture[], name: string): string | null =>
  captures.find((capture) => capture.name === name)?.type ?? null;
