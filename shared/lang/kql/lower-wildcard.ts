import { lowerCaseText } from '#shared/base/text.ts';
import { wordsOf } from '#shared/base/words.ts';
import type { ElementTest } from '#shared/plan/expression.ts';
import { literalOf, MANY, type Pattern } from '#shared/plan/pattern.ts';
import type { Literal } from './ast.ts';
import { isFullText, nameOf, type ResolvedField } from './fields.ts';
import { anyOfWords, refuse, type ValueTest } from './lower-value.ts';
import { error } from './problem.ts';

export type WildcardLiteral = Literal & { readonly kind: 'wildcard' };

/** `*` alone: the test for existence, of whatever type. */
export const isLoneStar = (value: Literal): boolean =>
  value.kind === 'wildcard' && value.pattern.length === 1 && value.pattern[0] === MANY;

/**
 * The tests that a value with wildcards comes to; several are OR-ed.
 * @param splits whether a blank ends a pattern
 */
export function wildcardTests(
  resolved: ResolvedField,
  value: WildcardLiteral,
  splits = splitsAtBlanks(resolved),
): readonly ValueTest[] {
  const { type } = resolved.field;
  if (isLoneStar(value)) return [{ kind: 'exists' }];
  if (isFullText(resolved)) return splitAtBlanks(value.pattern.map(lowerPart)).map(wordPatternTest);
  if (type !== 'keyword' && type !== 'constant_keyword' && type !== 'wildcard' && type !== 'text') {
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
  return (splits ? splitAtBlanks(pattern) : [pattern]).map(patternTest);
}

/** A pattern is held against each word as it is; what has no wildcard is read for its words first. */
function wordPatternTest(pattern: Pattern): ElementTest {
  const test = patternTest(pattern);
  if (test.kind === 'exists') return test;
  return test.kind === 'equals' ? anyOfWords(wordsOf(String(test.value))) : { kind: 'word', test };
}

const lowerPart = (part: Pattern[number]): Pattern[number] => (typeof part === 'string' ? lowerCaseText(part) : part);

/**
 * Elasticsearch hands a pattern for a field that is not of type keyword to its query-string parser, which takes every blank
 * as the end of a pattern and looks for either (elastic/kibana `functions/is.ts`, issue 23001). A `.caseless` sub-field is a
 * keyword, also below a wildcard field.
 */
export const splitsAtBlanks = (resolved: ResolvedField): boolean =>
  isFullText(resolved) || (!resolved.caseless && (resolved.field.type !== 'keyword' || resolved.field.keyed === true));

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
