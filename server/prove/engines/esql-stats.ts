import type { Random } from '#server/demo/random.ts';
import { AGGREGATES } from '#shared/lang/esql/aggregate-functions.ts';
import type { ResultColumn } from '#shared/plan/result.ts';
import { anyOne, several } from './draw.ts';
import { type Columns, esqlCondition, esqlValue, TYPES, written } from './esql-values.ts';

const NAMES = [...AGGREGATES.keys()];
/** Sums of doubles depend on the order in which an engine adds. */
const INEXACT: ReadonlySet<string> = new Set([
  'avg',
  'variance',
  'std_dev',
  'stddev',
  'median_absolute_deviation',
  'percentile',
  'median',
]);

/** STATS over these columns. */
export function esqlStats(random: Random, columns: Columns): string {
  const aggregates = several(random, 1, 4, () => aggregate(random, columns)).map((text, index) =>
    random.chance(0.9) ? `a${index} = ${text}` : text,
  );
  const keys = several(random, 0, 3, () => key(random, columns));
  const list = random.chance(0.1) && keys.length > 0 ? '' : ` ${aggregates.join(', ')}`;
  return `stats${list}${keys.length > 0 ? ` by ${keys.join(', ')}` : ''}`;
}

function key(random: Random, columns: Columns): string {
  if (random.chance(0.7)) return written(anyOne(random, columns).name);
  const times = columns.filter(({ type }) => type === 'datetime');
  if (times.length > 0 && random.chance(0.6)) {
    const name = written(anyOne(random, times).name);
    return random.chance(0.5) ? `d = date_trunc(30 minutes, ${name})` : `bucket(${name}, 1 hour)`;
  }
  return `k = ${esqlValue(random, anyOne(random, TYPES), columns, 1)}`;
}

function aggregate(random: Random, columns: Columns): string {
  const where = random.chance(0.25) ? ` where ${esqlCondition(random, columns, 1)}` : '';
  if (random.chance(0.15)) return `count(*)${where}`;
  const column = anyOne(random, columns);
  const name = anyOne(
    random,
    NAMES.filter((one) => takes(one, column)),
  );
  const text = call(random, name, column, columns);
  return `${random.chance(0.15) ? outer(name, text) : text}${where}`;
}

const takes = (name: string, { type }: ResultColumn): boolean => {
  const types = AGGREGATES.get(name)?.types;
  if (type === 'double' && (name === 'sum' || INEXACT.has(name))) return false;
  return types === null || (types?.includes(type) ?? false);
};

/** Sums stay whole numbers far below 2^53: squares of them are exact in every engine. */
function call(random: Random, name: string, { name: column, type }: ResultColumn, columns: Columns): string {
  const plain = written(column);
  const argument = type === 'long' ? (INEXACT.has(name) || name === 'sum' ? `(${plain} % 100)` : plain) : plain;
  const of = random.chance(0.85)
    ? argument
    : INEXACT.has(name) || name === 'sum'
      ? 'length("abc")'
      : esqlValue(random, type, columns, 1);
  const text = `${name}(${[of, ...second(random, name, columns)].join(', ')})`;
  return INEXACT.has(name) ? `round(${text}, 3)` : text;
}

function second(random: Random, name: string, columns: Columns): readonly string[] {
  switch (AGGREGATES.get(name)?.second) {
    case 'percentage':
      return [anyOne(random, ['0', '50', '80', '99.9', '100'])];
    case 'best':
      return [String(random.between(1, 3)), anyOne(random, ['"asc"', '"desc"'])];
    case 'decider':
      return [written(anyOne(random, columns).name)];
    default:
      return [];
  }
}

const outer = (name: string, text: string): string =>
  name === 'count' || name === 'count_distinct' ? `(${text} + 1)` : `coalesce(${text}, ${text})`;
