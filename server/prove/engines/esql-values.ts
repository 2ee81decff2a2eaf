import type { Random } from '#server/demo/random.ts';
import { ALIAS_NAMES, INTERNAL_FUNCTIONS } from '#shared/lang/esql/language-functions.ts';
import { FUNCTIONS, type FunctionSignature, type Parameter } from '#shared/plan/functions.ts';
import type { ResultColumn } from '#shared/plan/result.ts';
import type { ValueType } from '#shared/plan/value.ts';
import { anyOne, anyText, oneWay, several } from './draw.ts';
import { datetime, literal, quoted } from './esql-literals.ts';
import { specialCall } from './esql-special.ts';

export type Columns = readonly ResultColumn[];

export const TYPES: readonly ValueType[] = ['string', 'long', 'double', 'boolean', 'datetime', 'ip'];

/** A name as a query writes it. */
export const written = (name: string): string =>
  name.split('.').every((part) => /^[A-Za-z@_]\w*$/.test(part)) ? name : `\`${name.replaceAll('`', '``')}\``;

/** Doubles that engines may compute to another last digit. */
const INEXACT: ReadonlySet<string> = new Set(
  'sqrt cbrt exp log10 sin cos tan asin acos atan sinh cosh tanh to_degrees to_radians pow atan2 hypot log mv_avg st_distance'.split(
    ' ',
  ),
);

const CALLABLE = FUNCTIONS.filter(({ name }) => !INTERNAL_FUNCTIONS.has(name));

/** An expression of this type over these columns. */
export function esqlValue(random: Random, type: ValueType, columns: Columns, depth = 2): string {
  const own = columns.filter((column) => column.type === type);
  if (own.length > 0 && random.chance(depth === 0 ? 0.8 : 0.4)) return written(anyOne(random, own).name);
  if (depth === 0 || type === 'span') return literal(random, type);
  const inner = (of: ValueType): string => esqlValue(random, of, columns, depth - 1);
  if (type === 'boolean') return `(${esqlCondition(random, columns, depth - 1)})`;
  if (random.chance(0.15)) return specialCall(random, type, inner) ?? call(random, type, inner);
  if (random.chance(0.1)) return `${inner(anyOne(random, ['string', type]))}::${type}`;
  if ((type === 'long' || type === 'double') && random.chance(0.3)) {
    return `(${inner(type)} ${anyOne(random, ['+', '-', '*', '/', '%'])} ${inner(random.chance(0.8) ? type : 'long')})`;
  }
  if (type === 'datetime' && random.chance(0.3))
    return `(${inner(type)} ${anyOne(random, ['+', '-'])} ${literal(random, 'span')})`;
  return call(random, type, inner);
}

const fits = ({ types }: Parameter, type: ValueType): boolean => types === null || types.includes(type);

/** A function whose result has this type, with fitting arguments. */
function call(random: Random, type: ValueType, inner: (type: ValueType) => string): string {
  const able = CALLABLE.filter(({ result, parameters }) => {
    const first = parameters[0];
    return (
      result === type ||
      ((result === 'as-first' || result === 'as-all') && first && (first.name === 'condition' || fits(first, type)))
    );
  });
  return callOf(random, anyOne(random, able), type, inner);
}

/** A call of any function, each as likely: where a type is asked for, those of the many of numbers seldom come up. */
export function esqlCall(random: Random, columns: Columns, depth = 2): string {
  const signature = anyOne(random, CALLABLE);
  const type = resultOf(random, signature);
  return callOf(random, signature, type, (of) => esqlValue(random, of, columns, depth - 1));
}

/** The type of a function's result; where it is that of an argument, of any that may be given. */
function resultOf(random: Random, { result, parameters: [first] }: FunctionSignature): ValueType {
  if (result !== 'as-first' && result !== 'as-all') return result;
  return first?.name === 'condition' ? anyOne(random, TYPES) : typeFor(random, first);
}

function callOf(
  random: Random,
  signature: FunctionSignature,
  type: ValueType,
  inner: (type: ValueType) => string,
): string {
  const args = argumentsOf(random, signature, type, inner);
  const name = signature.name.startsWith('to_') ? aliasOf(random, signature.name) : signature.name;
  const text = `${random.chance(0.1) ? name.toUpperCase() : name}(${args.join(', ')})`;
  return INEXACT.has(signature.name) ? `round(${text}, 6)` : text;
}

const SHORTER: Readonly<Record<string, string>> = {
  to_string: 'to_str',
  to_boolean: 'to_bool',
  to_datetime: 'to_dt',
  to_double: 'to_dbl',
  to_long: 'to_int',
};

const aliasOf = (random: Random, name: string): string => {
  const alias = SHORTER[name];
  return alias && ALIAS_NAMES.includes(alias) && random.chance(0.1) ? alias : name;
};

const CONSTANTS: Readonly<Record<string, readonly string[]>> = {
  order: ['"ASC"', '"DESC"'],
  unit: ['"second"', '"minutes"', '"hour"', '"day"', '"week"', '"month"', '"year"', '"millisecond"'],
  part: ['"year"', '"month_of_year"', '"day_of_week"', '"hour_of_day"', '"minute_of_hour"', '"day_of_year"'],
  times: ['0', '1', '2', '3'],
  decimals: ['0', '1', '2', '-1'],
  delimiter: ['","', '" "', '"/"', '""', '"="'],
  start: ['0', '1', '2', '-1', '-2'],
  end: ['0', '1', '3', '-1'],
  length: ['0', '1', '2', '5'],
};

function argumentsOf(
  random: Random,
  signature: FunctionSignature,
  type: ValueType,
  inner: (type: ValueType) => string,
): readonly string[] {
  const { name, parameters, required, rest, result } = signature;
  if (name === 'case')
    return several(random, 1, 2, () => `${inner('boolean')}, ${inner(type)}`).concat(
      random.chance(0.7) ? [inner(type)] : [],
    );
  const count = random.between(required, parameters.length);
  const given = [...parameters.slice(0, count), ...(rest ? several(random, 0, 2, () => rest) : [])];
  const common = result === 'as-all' ? type : null;
  const first = result === 'as-first' ? type : typeFor(random, parameters[0]);
  // Both sides of these are of one type.
  const isPair = name.startsWith('mv_') && given[1]?.types === null;
  return given.map((parameter, index) => {
    const constants = CONSTANTS[parameter.name];
    if (constants && (name !== 'split' || index > 0) && !(name === 'date_trunc')) return anyOne(random, constants);
    if (INEXACT.has(name) && parameter.types?.includes('double')) return `(${inner('long')} % 7)`;
    const wanted = common ?? (index === 0 || isPair ? first : typeFor(random, parameter));
    return inner(wanted);
  });
}

const typeFor = (random: Random, parameter: Parameter | undefined): ValueType =>
  anyOne(random, parameter?.types ?? TYPES);

/** A condition over these columns. */
export function esqlCondition(random: Random, columns: Columns, depth = 2): string {
  if (depth > 0 && random.chance(0.5)) {
    const part = (): string => `(${esqlCondition(random, columns, depth - 1)})`;
    return oneWay(random, [() => `${part()} and ${part()}`, () => `${part()} or ${part()}`, () => `not ${part()}`]);
  }
  const column = anyOne(random, columns);
  const name = written(column.name);
  const text = (): string => anyText(random, column.name);
  const left = random.chance(0.6) ? name : esqlValue(random, column.type, columns, Math.max(0, depth));
  const right = (): string =>
    random.chance(0.75) ? near(random, column) : esqlValue(random, column.type, columns, Math.max(0, depth - 1));
  const list = (item: () => string): string => several(random, 1, 4, item).join(', ');
  const like = (): string => quoted(pattern(random, text()));
  const ways: (() => string)[] = [
    () => `${left} ${anyOne(random, ['==', '!='])} ${right()}`,
    () => `${name} is ${random.chance(0.5) ? 'not ' : ''}null`,
    () => `${left} ${random.chance(0.3) ? 'not ' : ''}in (${list(right)})`,
  ];
  if (column.type !== 'boolean') ways.push(() => `${left} ${anyOne(random, ['<', '<=', '>', '>='])} ${right()}`);
  if (column.type === 'string') {
    ways.push(
      () => `${left} ${random.chance(0.3) ? 'not ' : ''}like ${like()}`,
      () => `${name} like (${list(like)})`,
      () => `${name} ${random.chance(0.3) ? 'not ' : ''}rlike ${quoted(regex(random, text()))}`,
      () => `${anyOne(random, ['starts_with', 'ends_with', 'contains'])}(${left}, ${right()})`,
      () => `mv_contains(${name}, ${right()})`,
    );
  }
  if (column.type === 'ip')
    ways.push(() => `cidr_match(${name}, "10.0.0.0/8", ${anyOne(random, ['"::/0"', '"192.168.0.0/16"'])})`);
  if (column.type === 'boolean') ways.push(() => name);
  if (column.type === 'datetime')
    ways.push(() => `${name} ${anyOne(random, ['>', '<='])} now() - ${literal(random, 'span')}`);
  return oneWay(random, ways);
}

/** A value that the column could hold. */
function near(random: Random, { name, type }: ResultColumn): string {
  if (type === 'string') return quoted(anyText(random, name));
  return type === 'datetime' ? datetime(random) : literal(random, type);
}

/** Pieces of the text between wildcards, what is no wildcard escaped. */
function pattern(random: Random, text: string): string {
  const points = [...text].map((point) => (/[*?\\]/.test(point) ? `\\${point}` : point));
  const at = random.between(0, points.length);
  return oneWay(random, [
    () => `${points.slice(0, at).join('')}*`,
    () => `*${points.slice(at).join('')}`,
    () => `*${points.slice(at, at + 3).join('')}*`,
    () => [...points.slice(0, at), '?', ...points.slice(at + 1)].join(''),
    () => points.join(''),
    () => '*',
  ]);
}

function regex(random: Random, text: string): string {
  const points = [...text].map((point) => (/[\p{L}\p{N}]/u.test(point) ? point : `\\${point}`));
  const at = random.between(0, points.length);
  const inner = points.slice(at, at + 1).join('') || 'x';
  return oneWay(random, [
    () => `${points.slice(0, at).join('')}.*`,
    () => `.*${points.slice(at).join('')}`,
    () => `.*${inner}.*&~(.*x.*)`,
    () => `${points.slice(0, at).join('')}(${inner}|zz)+.*`,
    () => `${points.slice(0, at).join('')}[^/]${points.slice(at + 1).join('')}`,
    () => `[a-zA-Z]{1,3}.*`,
    () => `${points.slice(0, at).join('')}${inner}?.*`,
  ]);
}
