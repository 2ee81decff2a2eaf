import fc from 'fast-check';
import { MANY, type Pattern } from '#shared/plan/pattern.ts';
import type { Literal, QueryNode, RangeOperator, ValuesNode } from '../ast.ts';

/** Generators for property tests. Spans are all the same: a printed tree is compared without them. */
const span = { from: 0, to: 0 };

const PIECES = ['a', 'x1', ' ', '\n', '\t', '\u00a0', '\\', '"', '(', ')', '{', '}', ':', '<', '>', '*', '?'];
const WORDS = [
  'or',
  'and',
  'not',
  'NOT',
  ' or ',
  ' and b',
  'not ',
  'cannot',
  'null',
  'true',
  '$(id)',
  'é',
  '☃',
  '😀',
  '\u2028',
];

/** Text that KQL could mistake for something else. */
export const hostileText = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.array(fc.constantFrom(...PIECES, ...WORDS), { maxLength: 8 }).map((parts) => parts.join('')),
  },
  { weight: 1, arbitrary: fc.string({ unit: 'grapheme' }) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary' }) },
);

const unquoted = hostileText.map((text) => text.trim()).filter((text) => text !== '');

const pattern: fc.Arbitrary<Pattern> = fc
  .tuple(hostileText, fc.array(hostileText, { minLength: 1, maxLength: 3 }))
  .map(([first, others]) => {
    // Wildcards in a row are read as one.
    const rest = others.filter((text, index) => text !== '' || index === others.length - 1);
    const last = rest.length - 1;
    const stretches = [first.trimStart(), ...rest.map((text, index) => (index === last ? text.trimEnd() : text))];
    return stretches.flatMap((text, index) => [...(index > 0 ? [MANY] : []), ...(text === '' ? [] : [text])]);
  });

const literal: fc.Arbitrary<Literal> = fc.oneof(
  hostileText.map((text): Literal => ({ kind: 'text', text, quoted: true, span })),
  unquoted.map((text): Literal => ({ kind: 'text', text, quoted: false, span })),
  pattern.map((parts): Literal => ({ kind: 'wildcard', pattern: parts, span })),
);

const valuesNode = fc.letrec<{ values: ValuesNode }>((tie) => ({
  values: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    literal.map((value): ValuesNode => ({ kind: 'value', value, span })),
    fc
      .tuple(fc.constantFrom('and', 'or'), fc.array(tie('values'), { minLength: 2, maxLength: 4 }))
      .map(([kind, operands]): ValuesNode => ({ kind, operands, span })),
    tie('values').map((operand): ValuesNode => ({ kind: 'not', operand, span })),
  ),
})).values;

export const queryNode = fc.letrec<{ query: QueryNode }>((tie) => ({
  query: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.tuple(literal, valuesNode).map(([field, values]): QueryNode => ({ kind: 'match', field, values, span })),
    fc
      .tuple(literal, fc.constantFrom<RangeOperator[]>('<', '<=', '>', '>='), literal)
      .map(([field, operator, value]): QueryNode => ({ kind: 'range', field, operator, value, span })),
    literal.map((value): QueryNode => ({ kind: 'free-text', value, span })),
    fc
      .tuple(fc.constantFrom('and', 'or'), fc.array(tie('query'), { minLength: 2, maxLength: 4 }))
      .map(([kind, operands]): QueryNode => ({ kind, operands, span })),
    tie('query').map((operand): QueryNode => ({ kind: 'not', operand, span })),
    fc.tuple(literal, tie('query')).map(([field, query]): QueryNode => ({ kind: 'nested', field, query, span })),
  ),
})).query;
