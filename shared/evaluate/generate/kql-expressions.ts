import fc from 'fast-check';
import { lowerCaseText } from '#shared/base/text.ts';
import { wordsOf } from '#shared/base/words.ts';
import type { Field } from '#shared/event/field.ts';
import { allOf, anyOf, type ElementTest, type Expression, not } from '#shared/plan/expression.ts';
import type { Pattern } from '#shared/plan/pattern.ts';
import { valueTypeOf } from '#shared/plan/types.ts';
import type { Scalar } from '#shared/plan/value.ts';
import { arbitraryPatternNear, arbitraryValueOf, type Setting } from './literals.ts';

/** A filter as KQL is lowered: `any` leaves under `and`, `or`, `not`. */
export function arbitraryKqlExpression(setting: Setting, depth = 3): fc.Arbitrary<Expression> {
  const leaf = fc.constantFrom(...setting.fields).chain((field) => arbitraryLeaf(field, setting));
  if (depth === 0) return leaf;
  const operand = arbitraryKqlExpression(setting, depth - 1);
  const operands = fc.array(operand, { minLength: 1, maxLength: 4 });
  return fc.oneof(
    { weight: 3, arbitrary: leaf },
    { weight: 2, arbitrary: operands.map((all) => allOf(all)) },
    { weight: 2, arbitrary: operands.map((all) => anyOf(all)) },
    { weight: 1, arbitrary: operand.map((one) => not(one)) },
  );
}

function arbitraryLeaf(field: Field, setting: Setting): fc.Arbitrary<Expression> {
  if (field.type === 'nested') {
    return arbitraryKqlExpression({ ...setting, fields: field.fields ?? [] }, 1).map((where) => ({
      kind: 'nested',
      path: field.name,
      where,
    }));
  }
  const type = valueTypeOf(field.type);
  const caseless = field.caseless ? fc.boolean() : fc.constant(false);
  return fc
    .tuple(arbitraryTest(field, setting), caseless)
    .map(
      ([test, isCaseless]): Expression =>
        isCaseless
          ? { kind: 'any', field: field.name, type, caseless: true, test: lowered(test) }
          : { kind: 'any', field: field.name, type, test },
    );
}

function arbitraryTest(field: Field, setting: Setting): fc.Arbitrary<ElementTest> {
  const type = valueTypeOf(field.type);
  const value = arbitraryValueOf(field, setting);
  const operator = fc.constantFrom('<', '<=', '>', '>=');
  const common: readonly fc.WeightedArbitrary<ElementTest>[] = [
    { weight: 1, arbitrary: fc.constant({ kind: 'exists' }) },
    { weight: 4, arbitrary: value.map((one) => ({ kind: 'equals', value: one })) },
    {
      weight: 2,
      arbitrary: fc.array(value, { minLength: 1, maxLength: 5 }).map((values) => ({ kind: 'one-of', values })),
    },
  ];
  const range: fc.Arbitrary<ElementTest> = fc
    .array(fc.record({ operator, value }), { minLength: 1, maxLength: 2 })
    .map((bounds) => ({ kind: 'range', bounds }));
  const like: fc.Arbitrary<ElementTest> = arbitraryPatternNear(value).map((pattern) => ({ kind: 'like', pattern }));
  const cidr: fc.Arbitrary<ElementTest> = fc
    .constantFrom('10.0.0.0/8', '10.0.0.1/32', '0.0.0.0/0', 'fe80::/10', '::/0', '2001:db8::/32')
    .map((network) => ({ kind: 'cidr', network }));
  const never: fc.Arbitrary<ElementTest> = fc.constant({ kind: 'never' });
  const upTo: fc.Arbitrary<ElementTest> = fc
    .tuple(fc.nat(40), fc.oneof(...common, like, range))
    .map(([units, test]) => ({ kind: 'up-to', units, test }));
  const words = value.map((one) => wordsOf(String(one)));
  const word: fc.Arbitrary<ElementTest> = fc.oneof(
    words.map((all): ElementTest => ({ kind: 'word', test: { kind: 'one-of', values: all } })),
    fc.oneof(like, range).map((test): ElementTest => ({ kind: 'word', test })),
  );
  const phrase: fc.Arbitrary<ElementTest> = fc
    .tuple(words, fc.nat(2), fc.nat(3))
    .map(([all, from, length]) => ({ kind: 'phrase', words: all.slice(from, from + length) }));
  const ofText = [like, like, like, like, upTo, range, word, phrase].map((arbitrary) => ({ weight: 1, arbitrary }));
  if (type === 'string') return fc.oneof(...common, ...ofText);
  if (type === 'ip') return fc.oneof(...common, { weight: 3, arbitrary: cidr }, { weight: 1, arbitrary: range });
  if (type === 'boolean') return fc.oneof(...common, { weight: 1, arbitrary: never });
  return fc.oneof(...common, { weight: 3, arbitrary: range }, { weight: 1, arbitrary: never });
}

/** What the lowering does for a `.caseless` sub-field. */
function lowered(test: ElementTest): ElementTest {
  switch (test.kind) {
    case 'equals':
      return { ...test, value: lower(test.value) };
    case 'one-of':
      return { ...test, values: test.values.map(lower) };
    case 'like':
      return { ...test, pattern: lowerPattern(test.pattern) };
    case 'range':
      return { ...test, bounds: test.bounds.map((bound) => ({ ...bound, value: lower(bound.value) })) };
    case 'up-to':
    case 'word':
      return { ...test, test: lowered(test.test) };
    case 'phrase':
    case 'exists':
    case 'cidr':
    case 'never':
      return test;
  }
}

const lower = (value: Scalar): Scalar => (typeof value === 'string' ? lowerCaseText(value) : value);

const lowerPattern = (pattern: Pattern): Pattern =>
  pattern.map((part) => (typeof part === 'string' ? lowerCaseText(part) : part));
