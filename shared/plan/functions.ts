import { commonType } from './types.ts';
import type { ValueType } from './value.ts';

/**
 * What a function does with an argument's cell:
 * - `single`: wants one value; the caller wraps the argument in a `single` node.
 * - `each`: applied to every element; the result is the cell of the results, in order.
 * - `whole`: takes all values at once.
 */
export type CellUse = 'single' | 'each' | 'whole';

export interface Parameter {
  readonly name: string;
  /** Types it takes; null stands for every type. A null argument fits any. */
  readonly types: readonly ValueType[] | null;
  readonly cells: CellUse;
}

/** How the result's type follows: fixed, that of the first argument, or the one all values of the call fit in. */
export type ResultType = ValueType | 'as-first' | 'as-all';

/** A scalar function as plans call it. Unless said otherwise a null argument makes the result null. */
export interface FunctionSignature {
  readonly name: string;
  /** What it computes, in a sentence. */
  readonly summary: string;
  readonly parameters: readonly Parameter[];
  /** How many of `parameters` a call must give. */
  readonly required: number;
  /** Further arguments, any number of these. */
  readonly rest?: Parameter;
  readonly result: ResultType;
}

const STRING: readonly ValueType[] = ['string'];
const LONG: readonly ValueType[] = ['long'];
const NUMBER: readonly ValueType[] = ['long', 'double'];
/** Not addresses: their order is not that of their texts. */
const ORDERED: readonly ValueType[] = ['string', 'long', 'double', 'boolean', 'datetime'];

const single = (name: string, types: readonly ValueType[] | null): Parameter => ({ name, types, cells: 'single' });
const each = (name: string, types: readonly ValueType[] | null): Parameter => ({ name, types, cells: 'each' });
const whole = (name: string, types: readonly ValueType[] | null): Parameter => ({ name, types, cells: 'whole' });

interface Extent {
  readonly required?: number;
  readonly rest?: Parameter;
}

const define = (
  name: string,
  summary: string,
  parameters: readonly Parameter[],
  result: ResultType,
  { required = parameters.length, rest }: Extent = {},
): FunctionSignature => ({ name, summary, parameters, required, ...(rest && { rest }), result });

const TEXT = [
  define('length', 'Number of code points.', [single('text', STRING)], 'long'),
  define(
    'substring',
    'From `start` (1 is the first code point, negative counts from the end), `length` code points or all that follow.',
    [single('text', STRING), single('start', LONG), single('length', LONG)],
    'string',
    { required: 2 },
  ),
  define('concat', 'The texts one after the other.', [single('text', STRING)], 'string', {
    rest: single('text', STRING),
  }),
  define('left', 'The first `length` code points.', [single('text', STRING), single('length', LONG)], 'string'),
  define('right', 'The last `length` code points.', [single('text', STRING), single('length', LONG)], 'string'),
  define('trim', 'Without white space at both ends.', [single('text', STRING)], 'string'),
  define('to_lower', 'In lower case.', [each('text', STRING)], 'string'),
  define('to_upper', 'In upper case.', [each('text', STRING)], 'string'),
  define('starts_with', 'Whether the text begins so.', [single('text', STRING), single('prefix', STRING)], 'boolean'),
  define('ends_with', 'Whether the text ends so.', [single('text', STRING), single('suffix', STRING)], 'boolean'),
  define(
    'split',
    'The parts between the delimiters, in order; null for an empty delimiter.',
    [single('text', STRING), single('delimiter', STRING)],
    'string',
  ),
];

const CHOICE = [
  define('coalesce', 'The first argument that is not null.', [whole('value', null)], 'as-all', {
    rest: whole('value', null),
  }),
  define(
    'case',
    'Conditions and values in turn, then maybe a value for none: the value of the first true condition, else that or null. A null condition is not true.',
    [single('condition', ['boolean']), whole('value', null)],
    'as-all',
    { rest: whole('condition or value', null) },
  ),
  define('greatest', 'The greatest; null where one is null.', [single('value', ORDERED)], 'as-all', {
    rest: single('value', ORDERED),
  }),
  define('least', 'The least; null where one is null.', [single('value', ORDERED)], 'as-all', {
    rest: single('value', ORDERED),
  }),
];

const CONVERSION = [
  define(
    'address_key',
    'A text that is ordered as the address is, behind all of them for what is no address: what sorting by addresses is lowered to.',
    [each('address', ['ip'])],
    'string',
  ),
  define('to_string', 'As text; datetimes in ISO 8601 with milliseconds and Z.', [each('value', null)], 'string'),
  define(
    'to_long',
    'As a whole number: doubles rounded, texts read, booleans 1 and 0, datetimes as epoch milliseconds; null where unreadable.',
    [each('value', ['string', 'long', 'double', 'boolean', 'datetime'])],
    'long',
  ),
  define(
    'to_double',
    'As a number, like to_long without rounding.',
    [each('value', ['string', 'long', 'double', 'boolean', 'datetime'])],
    'double',
  ),
  define(
    'to_boolean',
    'Text is true where it reads `true` in any case, else false; a number where it is not 0.',
    [each('value', ['string', 'long', 'double', 'boolean'])],
    'boolean',
  ),
  define(
    'to_datetime',
    'Text in ISO 8601, numbers as epoch milliseconds; null where unreadable.',
    [each('value', ['string', 'long', 'double', 'datetime'])],
    'datetime',
  ),
];

const MANY_VALUES = [
  define('mv_count', 'How many values.', [whole('values', null)], 'long'),
  define('mv_first', 'The first value.', [whole('values', null)], 'as-first'),
  define('mv_last', 'The last value.', [whole('values', null)], 'as-first'),
  define('mv_min', 'The least value.', [whole('values', ORDERED)], 'as-first'),
  define('mv_max', 'The greatest value.', [whole('values', ORDERED)], 'as-first'),
  define('mv_concat', 'The values joined by a text.', [whole('values', STRING), single('delimiter', STRING)], 'string'),
  define('mv_dedupe', 'Each value once.', [whole('values', null)], 'as-first'),
  define(
    'mv_append',
    'The values of both, the first’s first; null where either is null.',
    [whole('values', null), whole('more', null)],
    'as-all',
  ),
  define('mv_sum', 'Sum of the values.', [whole('values', NUMBER)], 'as-first'),
  define('mv_avg', 'Mean of the values.', [whole('values', NUMBER)], 'double'),
  define(
    'mv_slice',
    'The values from `start` to `end`, both inclusive, 0 the first, negative from the end; the one at `start` without an `end`.',
    [whole('values', null), single('start', LONG), single('end', LONG)],
    'as-first',
    { required: 2 },
  ),
];

const NUMBERS = [
  define('abs', 'Without its sign.', [single('number', NUMBER)], 'as-first'),
  define(
    'round',
    'To `decimals` places, none if not given; halves away from zero.',
    [single('number', NUMBER), single('decimals', LONG)],
    'as-first',
    { required: 1 },
  ),
  define('floor', 'The next whole number down.', [single('number', NUMBER)], 'as-first'),
  define('ceil', 'The next whole number up.', [single('number', NUMBER)], 'as-first'),
];

const TIMES = [
  define(
    'date_trunc',
    'Start of the bucket of this length, counted from the epoch, that the time falls in.',
    [single('length', ['span']), single('time', ['datetime'])],
    'datetime',
  ),
  define(
    'date_bucket',
    'As date_trunc: what both languages are lowered to.',
    [single('time', ['datetime']), single('length', ['span'])],
    'datetime',
  ),
  define(
    'date_diff',
    'Whole units (constant: `millisecond`, `second`, `minute`, `hour`, `day`, `week`) from the first time to the second.',
    [single('unit', STRING), single('from', ['datetime']), single('to', ['datetime'])],
    'long',
  ),
];

/** Every scalar function that a plan may call. Executors hold tables of the same names. */
export const FUNCTIONS: readonly FunctionSignature[] = [
  ...TEXT,
  ...CHOICE,
  ...CONVERSION,
  ...MANY_VALUES,
  ...NUMBERS,
  ...TIMES,
];

const BY_NAME = new Map(FUNCTIONS.map((signature) => [signature.name, signature]));

export const findFunction = (name: string): FunctionSignature | undefined => BY_NAME.get(name);

/** What stands at an argument's place; undefined where a call takes no more. `case` alternates after its pairs. */
export function parameterAt(signature: FunctionSignature, index: number, count: number): Parameter | undefined {
  if (signature.name === 'case') return signature.parameters[index % 2 === 0 && index < count - 1 ? 0 : 1];
  return signature.parameters[index] ?? signature.rest;
}

/** The type of a call with arguments of these types; null where they have none in common. */
export function resultTypeOf(signature: FunctionSignature, types: readonly ValueType[]): ValueType | null {
  if (signature.result === 'as-first') return types[0] ?? 'null';
  if (signature.result !== 'as-all') return signature.result;
  return types
    .filter((_, index) => parameterAt(signature, index, types.length)?.name !== 'condition')
    .reduce<ValueType | null>((common, type) => common && commonType(common, type), 'null');
}
