import fc from 'fast-check';
import type { ArithmeticOperator, CompareOperator, Expression } from '#shared/plan/expression.ts';
import { isNullable } from '#shared/plan/regex.ts';
import type { ResultColumn } from '#shared/plan/result.ts';
import { valueTypeOf } from '#shared/plan/types.ts';
import type { Scalar, ValueType } from '#shared/plan/value.ts';
import { arbitraryPatternNear, arbitraryScalar, arbitraryValueOf, type Setting } from './literals.ts';
import { arbitraryRegexNear, arbitrarySearchNear } from './regexes.ts';

/** What ES|QL-style expressions can name: columns of rows, which are not always fields. */
export interface Columns {
  readonly columns: readonly ResultColumn[];
  readonly setting: Setting;
}

export const fieldColumns = (setting: Setting): Columns => ({
  setting,
  columns: setting.fields.map(({ name, type }) => ({ name, type: valueTypeOf(type) })),
});

const COMPARE: readonly CompareOperator[] = ['==', '!=', '<', '<=', '>', '>='];

/** A condition as ES|QL is lowered: three-valued, every scalar use of a column in `single`. */
export function arbitraryEsqlExpression(over: Columns, depth = 3): fc.Arbitrary<Expression> {
  const leaf = arbitraryCondition(over);
  if (depth === 0) return leaf;
  const operand = arbitraryEsqlExpression(over, depth - 1);
  const operands = fc.array(operand, { minLength: 2, maxLength: 3 });
  return fc.oneof(
    { weight: 4, arbitrary: leaf },
    { weight: 2, arbitrary: operands.map((all): Expression => ({ kind: 'and', operands: all })) },
    { weight: 2, arbitrary: operands.map((all): Expression => ({ kind: 'or', operands: all })) },
    { weight: 2, arbitrary: operand.map((one): Expression => ({ kind: 'not', operand: one })) },
  );
}

function arbitraryCondition(over: Columns): fc.Arbitrary<Expression> {
  return fc.constantFrom(...over.columns).chain((column) => {
    const value = arbitraryOperand(column.type, over, column);
    const literal = arbitraryLiteral(column, over);
    const compare = fc
      .tuple(value, fc.constantFrom(...COMPARE), fc.oneof({ weight: 3, arbitrary: literal }, value))
      .map(([left, operator, right]): Expression => ({ kind: 'compare', operator, left, right }));
    const within = fc
      .tuple(value, fc.array(literal, { minLength: 1, maxLength: 4 }))
      .map(([one, items]): Expression => ({ kind: 'in', value: one, items }));
    const absent = fc.constant<Expression>({ kind: 'is-null', of: columnOf(column) });
    const like = fc
      .tuple(value, fc.array(arbitraryPatternNear(literalValue(column, over)), { minLength: 1, maxLength: 3 }))
      .map(([one, patterns]): Expression => ({ kind: 'like', value: one, patterns }));
    const regex = fc
      .tuple(value, fc.array(arbitraryRegexNear(literalValue(column, over)), { minLength: 1, maxLength: 2 }))
      .map(([one, patterns]): Expression => ({ kind: 'regex', value: one, patterns }));
    const isText = column.type === 'string';
    return isText ? fc.oneof(compare, within, absent, like, like, regex) : fc.oneof(compare, compare, within, absent);
  });
}

const columnOf = ({ name, type }: ResultColumn): Expression => ({ kind: 'column', name, type });

const singleOf = (column: ResultColumn): Expression => ({ kind: 'single', of: columnOf(column) });

function literalValue(column: ResultColumn, { setting }: Columns): fc.Arbitrary<Scalar> {
  const field = setting.fields.find(({ name }) => name === column.name);
  return field ? arbitraryValueOf(field, setting) : arbitraryScalar(column.type, setting);
}

function arbitraryLiteral(column: ResultColumn, over: Columns): fc.Arbitrary<Expression> {
  const value = literalValue(column, over);
  const nothing = fc.constant<Scalar | null>(null);
  return fc
    .oneof<fc.WeightedArbitrary<Scalar | null>[]>({ weight: 9, arbitrary: value }, { weight: 1, arbitrary: nothing })
    .map((chosen): Expression => ({ kind: 'literal', type: column.type, value: chosen }));
}

/** A single value of a type: mostly the column itself, sometimes computed. */
export function arbitraryOperand(type: ValueType, over: Columns, column: ResultColumn): fc.Arbitrary<Expression> {
  const plain = fc.constant(singleOf(column));
  const computed = arbitraryComputed(type, over, column);
  return computed ? fc.oneof({ weight: 4, arbitrary: plain }, { weight: 1, arbitrary: computed }) : plain;
}

function arbitraryComputed(type: ValueType, over: Columns, column: ResultColumn): fc.Arbitrary<Expression> | null {
  if (type === 'string') return arbitraryText(over, column);
  if (type === 'long') return arbitraryLong(over, column);
  if (type === 'datetime') return arbitraryTime(over, column);
  return null;
}

const call = (name: string, type: ValueType, ...args: readonly Expression[]): Expression => ({
  kind: 'call',
  name,
  type,
  args,
});

const long = (value: number): Expression => ({ kind: 'literal', type: 'long', value });

function arbitraryText(over: Columns, column: ResultColumn): fc.Arbitrary<Expression> {
  const whole = columnOf(column);
  const one = singleOf(column);
  const place = fc.integer({ min: -4, max: 4 }).map(long);
  return fc.oneof(
    fc.constantFrom(
      call('to_lower', 'string', one),
      call('to_upper', 'string', one),
      call('trim', 'string', one),
      call('mv_first', 'string', whole),
      call('mv_last', 'string', whole),
      call('mv_min', 'string', whole),
      call('mv_max', 'string', whole),
      call('mv_concat', 'string', whole, { kind: 'literal', type: 'string', value: '|' }),
    ),
    arbitraryPiece(whole, one, literalValue(column, over)),
    place.map((length) => call('left', 'string', one, length)),
    place.map((length) => call('right', 'string', one, length)),
    fc.tuple(place, fc.nat(4)).map(([start, length]) => call('substring', 'string', one, start, long(length))),
    arbitraryLiteral(column, over).map((literal) => call('concat', 'string', one, literal)),
    arbitraryLiteral(column, over).map((literal) => call('coalesce', 'string', one, literal)),
  );
}

/** What a pattern takes out of a text, or puts in. */
function arbitraryPiece(whole: Expression, one: Expression, text: fc.Arbitrary<Scalar>): fc.Arbitrary<Expression> {
  const regex = arbitrarySearchNear(text);
  const captures = fc.constantFrom([1], [2], [2, 1]);
  const extracted = fc
    .tuple(regex, captures)
    .map(([found, indexes]): Expression => ({ kind: 'extract', of: whole, regex: found, captures: indexes }));
  const replaced = regex.map(
    (found): Expression =>
      isNullable(found) ? one : { kind: 'replace', of: one, regex: found, by: ['\\', 2, '$1', 1] },
  );
  const part = fc.record({ delimiter: fc.constantFrom('/', ' ', 'a', '.', '-c '), padded: fc.boolean() });
  const dissected = fc
    .tuple(fc.array(part, { minLength: 1, maxLength: 3 }), fc.boolean(), fc.constantFrom('', '', '/', 's'))
    .map(([parts, open, leading]): Expression => {
      const all = open ? [...parts, { delimiter: '', padded: false }] : parts;
      const chosen = all.map((_, index) => index).toReversed();
      return { kind: 'dissect', of: whole, pattern: { leading, parts: all }, parts: chosen, separator: '|' };
    });
  return fc
    .oneof(extracted, replaced, dissected)
    .map((of): Expression => (of.kind === 'replace' ? of : { kind: 'single', of }));
}

const ARITHMETIC: readonly ArithmeticOperator[] = ['+', '-', '*', '/', '%'];

function arbitraryLong(over: Columns, column: ResultColumn): fc.Arbitrary<Expression> {
  const whole = columnOf(column);
  const arithmetic = fc.tuple(fc.constantFrom(...ARITHMETIC), arbitraryLiteral(column, over)).map(
    ([operator, right]): Expression => ({
      kind: 'arithmetic',
      operator,
      type: 'long',
      left: singleOf(column),
      right,
    }),
  );
  const calls = fc.constantFrom(
    call('mv_count', 'long', whole),
    call('mv_max', 'long', whole),
    call('abs', 'long', singleOf(column)),
    call('greatest', 'long', singleOf(column), long(2)),
    call('least', 'long', singleOf(column), long(2)),
  );
  return fc.oneof(arithmetic, arithmetic, calls);
}

function arbitraryTime({ setting }: Columns, column: ResultColumn): fc.Arbitrary<Expression> {
  const span = arbitraryScalar('span', setting).map((value): Expression => ({ kind: 'literal', type: 'span', value }));
  const moved = fc
    .tuple(span, fc.constantFrom<ArithmeticOperator>('+', '-'), fc.boolean())
    .map(([right, operator, fromNow]): Expression => {
      const left: Expression = fromNow ? { kind: 'now' } : singleOf(column);
      return { kind: 'arithmetic', operator, type: 'datetime', left, right };
    });
  return fc.oneof(
    moved,
    span.map((length) => call('date_trunc', 'datetime', length, singleOf(column))),
    span.map((length) => call('date_bucket', 'datetime', singleOf(column), length)),
  );
}
