import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { must } from '#shared/base/assert.ts';
import { parseInstant } from '#shared/base/time.ts';
import { jsonText } from '#shared/evaluate/generate/json.ts';
import { HOSTILE_TEXTS } from '#shared/evaluate/generate/vocabulary.ts';
import { catalogueOf, type FieldType } from '#shared/event/field.ts';
import type { Expression } from '#shared/plan/expression.ts';
import {
  FUNCTIONS,
  type FunctionSignature,
  type Parameter,
  parameterAt,
  resultTypeOf,
} from '#shared/plan/functions.ts';
import type { Plan } from '#shared/plan/plan.ts';
import { printPlan } from '#shared/plan/print.ts';
import { typeOf, valueTypeOf } from '#shared/plan/types.ts';
import type { Row, Scalar, ValueType } from '#shared/plan/value.ts';
import { openPair, type Pair } from './differential.ts';

const SEARCH = Number(process.env['ODDSPAWN_SEARCH'] ?? 1);
const SEED = Number(process.env['ODDSPAWN_SEED'] ?? 20_261_121);
const now = must(parseInstant('2026-11-21T12:00:00Z'), 'instant');

/** One field of each type that mostly has one value, and one that has several. */
const TYPES: readonly FieldType[] = ['keyword', 'long', 'double', 'boolean', 'date', 'ip'];
const FIELDS = TYPES.flatMap((type) => [
  { name: `one.${type}`, type },
  { name: `many.${type}`, type, many: true as const },
]);
const CATALOGUE = catalogueOf([{ name: '@timestamp', type: 'date' }, ...FIELDS]);

const TEXTS = [
  ...HOSTILE_TEXTS.filter((text) => text.length < 100),
  ' \t padded \u2003',
  'minute',
  'MONTHS',
  'ns',
  '12.5',
  '-7.5e2',
  '1e400',
  '+3',
  '.5',
  '5.',
  'TRUE',
  '2026-02-29',
  '2024-02-29T23:59:59.9999+05:30',
  '0099-12-31',
  '2026-01-31 10:00Z',
];
const VALUES: Readonly<Record<(typeof TYPES)[number], readonly Scalar[]>> = {
  keyword: TEXTS,
  constant_keyword: [],
  wildcard: [],
  text: [],
  long: [0, 1, -1, 2, 15, -250, 4_294_967_296, Number.MAX_SAFE_INTEGER, -(2n ** 63n), 2n ** 63n - 1n],
  double: [0, 0.5, -0.5, 1.5, 2.5, -2.5, 1e-7, 0.001, 0.00099, 9_999_999, 1e7, 1e21, -1.25e300, 1e308, 123_456.789],
  boolean: [true, false],
  date: ['2026-11-21T12:00:00Z', '2026-01-31T00:00:00.001Z', '2024-02-29T10:00:00Z', '1969-12-31T23:59:59.999Z', 0],
  ip: ['10.0.0.1', '::1', 'fe80::1'],
  flattened: [],
  nested: [],
};

const arbitraryRecord = fc
  .tuple(
    ...FIELDS.map(({ name, type, many }) =>
      fc.array(fc.constantFrom(...VALUES[type]), { maxLength: many ? 3 : 1 }).map((values) => [name, values] as const),
    ),
    fc.integer({ min: 0, max: 12 }),
  )
  .map((drawn) => Object.fromEntries(drawn.filter((part) => typeof part !== 'number')));

let pair: Pair;
beforeAll(async () => {
  pair = await openPair(CATALOGUE);
  const records = fc.sample(arbitraryRecord, { seed: SEED, numRuns: 150 });
  await pair.appendText(records.map((record) => jsonText({ '@timestamp': [now], ...record })).join('\n'));
});
afterAll(() => pair.close());

const column = (name: string, type: ValueType): Expression => ({ kind: 'column', name, type });

/** Literals that a datetime, span, ip or point can be. */
function literalOf(type: ValueType): fc.Arbitrary<Expression> {
  const values: Readonly<Record<ValueType, readonly Scalar[]>> = {
    string: TEXTS,
    long: VALUES.long,
    double: VALUES.double,
    boolean: VALUES.boolean,
    datetime: [0, now, now - 1, -62_135_596_800_000],
    span: [1, 1000, 300_000, 86_400_000, 0],
    ip: VALUES.ip,
    geo_point: ['POINT (10.5 59.9)', 'POINT (-122.25 37.5)', 'POINT (0.0 -1.0E-4)', 'POINT (200.0 10.0)'],
    null: [],
  };
  const known = values[type].map((value): Expression => ({ kind: 'literal', type, value }));
  return fc.constantFrom<Expression>(...known, { kind: 'literal', type, value: null });
}

function argumentFor({ types, cells }: Parameter, type: ValueType): fc.Arbitrary<Expression> {
  const fields = FIELDS.filter((field) => valueTypeOf(field.type) === type).map(({ name }) => column(name, type));
  const wrapped = cells === 'single' ? fields.map((of): Expression => ({ kind: 'single', of })) : fields;
  const literal = literalOf(type);
  if (types !== null && !types.includes(type)) throw new Error(`No argument of type ${type}`);
  return wrapped.length === 0
    ? literal
    : fc.oneof({ weight: 3, arbitrary: fc.constantFrom(...wrapped) }, { weight: 1, arbitrary: literal });
}

const ANY: readonly ValueType[] = ['string', 'long', 'double', 'boolean', 'datetime', 'ip'];

/** Calls with arguments that the signature takes. Arguments whose common type is the result's are of one type. */
function arbitraryCall(signature: FunctionSignature): fc.Arbitrary<Expression> {
  const count = fc.integer({
    min: signature.required,
    max: signature.rest ? signature.parameters.length + 2 : signature.parameters.length,
  });
  return fc
    .tuple(count, fc.constantFrom(...(signature.parameters.at(-1)?.types ?? ANY)))
    .chain(([size, common]) => {
      const parameters = Array.from({ length: size }, (_, index) =>
        must(parameterAt(signature, index, size), `parameter ${index} of ${signature.name}`),
      );
      const typed = parameters.map((parameter) => {
        const types = parameter.types ?? ANY;
        const type =
          signature.result === 'as-all' && types.includes(common) ? fc.constant(common) : fc.constantFrom(...types);
        return type.chain((one) => argumentFor(parameter, one));
      });
      return fc.tuple(...typed);
    })
    .map((args): Expression => {
      const type = resultTypeOf(signature, args.map(typeOf)) ?? 'null';
      return { kind: 'call', name: signature.name, type, args };
    });
}

async function agreeOnResult(value: Expression): Promise<void> {
  const plan: Plan = {
    steps: [
      { kind: 'derive', columns: [{ name: 'result', value }] },
      { kind: 'keep', columns: ['result'] },
    ],
  };
  const { equal, expected, actual } = await pair.compare(plan, now);
  if (equal) return;
  const near = value.kind === 'call' && APPROXIMATE.has(value.name);
  const rounded = near ? rowsNear(actual.rows, expected.rows) : actual.rows;
  expect({ ...actual, rows: rounded }, printPlan(plan)).toEqual(expected);
}

/** What libraries of mathematics compute to their last digit or so. */
const APPROXIMATE: ReadonlySet<string> = new Set([
  ...[
    'cbrt',
    'exp',
    'log',
    'log10',
    'pow',
    'hypot',
    'sin',
    'cos',
    'tan',
    'asin',
    'acos',
    'atan',
    'atan2',
    'sinh',
    'cosh',
    'tanh',
    'st_distance',
  ],
]);

/** The rows with those numbers that are near the expected ones in their place. */
const rowsNear = (rows: readonly Row[], expected: readonly Row[]): readonly Row[] =>
  rows.map((row, index) => {
    const [found, wanted] = [row['result'], expected[index]?.['result']];
    const isNear =
      typeof found === 'number' && typeof wanted === 'number' && Math.abs(found - wanted) <= Math.abs(wanted) * 1e-12;
    return isNear ? { ...row, result: wanted } : row;
  });

test.each(FUNCTIONS.map((signature) => [signature.name, signature] as const))('%s', async (_, signature) => {
  const calls = arbitraryCall(signature);
  await fc.assert(fc.asyncProperty(calls, agreeOnResult), { seed: SEED, numRuns: 15 * SEARCH });
});

const OPERANDS: readonly (readonly [result: ValueType, left: ValueType, right: ValueType])[] = [
  ['long', 'long', 'long'],
  ['double', 'double', 'double'],
  ['double', 'long', 'double'],
  ['datetime', 'datetime', 'span'],
];

test.each(OPERANDS)('%s from %s and %s', async (type, left, right) => {
  const operators = type === 'datetime' ? (['+', '-'] as const) : (['+', '-', '*', '/', '%'] as const);
  const operand = (of: ValueType) => argumentFor({ name: 'operand', types: null, cells: 'single' }, of);
  const arithmetic = fc
    .tuple(fc.constantFrom(...operators), operand(left), operand(right))
    .map(([operator, one, other]): Expression => ({ kind: 'arithmetic', operator, type, left: one, right: other }));
  await fc.assert(fc.asyncProperty(arithmetic, agreeOnResult), { seed: SEED, numRuns: 15 * SEARCH });
});

test.each(ANY)('comparisons of %s', async (type) => {
  const operand = argumentFor({ name: 'operand', types: null, cells: 'single' }, type);
  const comparison = fc
    .tuple(fc.constantFrom('==', '!=', '<', '<=', '>', '>=' as const), operand, operand)
    .map(([operator, left, right]): Expression => ({ kind: 'compare', operator, left, right }));
  await fc.assert(fc.asyncProperty(comparison, agreeOnResult), { seed: SEED, numRuns: 15 * SEARCH });
});
