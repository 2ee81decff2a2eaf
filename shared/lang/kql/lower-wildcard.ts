import { lowerCaseText } from '#shared/base/text.ts';
import type { ElementTest } from '#shared/plan/expression.ts';
import { literalOf, MANY, type Pattern } from '#shared/plan/pattern.ts';
import type { Literal } from './ast.ts';
import { nameOf, type ResolvedField } from './fields.ts';
import { fullText, refuse, type ValueTest } from './lower-value.ts';
import { error } from './problem.ts';

export type WildcardLiteral = Literal & { readonly kind: 'wildcard' };

/** `*` alone: the test for existence, of whatever type. */
export const isLoneStar = (value: Literal): boolean =>
  value.kind === 'wildcard' && value.pattern.length === 1 && value.pattern[0] === MANY;

/** The tests that a value with wildcards comes to; several are OR-ed. */
export function wildcardTests(resolved: ResolvedField, value: WildcardLiteral): readonly ValueTest[] {
  const { type } = resolved.field;
  if (isLoneStar(value)) return [{ kind: 'exists' }];
  if (type === 'text') return [refuse(fullText(resolved, value))];
  if (type !== 'keyword' && type !== 'constant_keyword' && type !== 'wildcard') {
    return [
      refuse(
        error({
          code: 'wildcard-on-type',
          message: `Can only use wildcard queries on keyword, text and wildcard fields - not on [${nameOf(resolved)}] which is of type [${type}].`,
          remedy: 'Use an exact value, a comparison, or * alone for any value.',
          span: value.span,
        }),
      ),
    ];
  }
  const pattern = resolved.caseless ? value.pattern.map(lowerPart) : value.pattern;
  return patternsOf(resolved, pattern).map(patternTest);
}

const lowerPart = (part: Pattern[number]): Pattern[number] => (typeof part === 'string' ? lowerCaseText(part) : part);

/**
 * Elasticsearch hands a pattern for a field that is not of type keyword to its query-string parser, which takes every blank
 * as the end of a pattern and looks for either (elastic/kibana `functions/is.ts`, issue 23001).
 */
function patternsOf(resolved: ResolvedField, pattern: Pattern): readonly Pattern[] {
  return splitsAtBlanks(resolved) ? splitAtBlanks(pattern) : [pattern];
}

/** A `.caseless` sub-field is a keyword, also below a wildcard field. */
export const splitsAtBlanks = (resolved: ResolvedField): boolean =>
  !resolved.caseless && resolved.field.type !== 'keyword';

/** Blanks as the query-string parser knows them. */
const BLANKS = /[ \t\n\r\u3000]+/;

export function splitAtBlanks(pattern: Pattern): readonly Pattern[] {
  const patterns: Pattern[number][][] = [[]];
  for (const part of pattern) {
    if (typeof part !== 'string') {
      patterns.at(-1)?.push(part);
      continue;
    }
    part.split(BLANKS).forEach((stretch, index) => {
      if (index > 0) patterns.push([]);
      if (stretch !== '') patterns.at(-1)?.push(stretch);
    });
  }
  return patterns.filter((parts) => parts.length > 0);
}

function patternTest(pattern: Pattern): ElementTest {
  const parts = pattern.filter((part, index) => part !== MANY || pattern[index - 1] !== MANY);
  const literal = literalOf(parts);
  if (literal !== null) return { kind: 'equals', value: literal };
  return parts.length === 1 ? { kind: 'exists' } : { kind: 'like', pattern: parts };
}
