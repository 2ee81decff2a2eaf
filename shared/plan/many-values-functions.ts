import { define, type FunctionSignature, LONG, NUMBER, ORDERED, STRING, single, whole } from './function-signature.ts';

export const MANY_VALUES: readonly FunctionSignature[] = [
  define('mv_count', 'How many values.', [whole('values', null)], 'long'),
  define('mv_first', 'The first value.', [whole('values', null)], 'as-first'),
  define('mv_last', 'The last value.', [whole('values', null)], 'as-first'),
  define('mv_min', 'The least value.', [whole('values', [...ORDERED, 'ip'])], 'as-first'),
  define('mv_max', 'The greatest value.', [whole('values', [...ORDERED, 'ip'])], 'as-first'),
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
  define(
    'mv_sort',
    'The values in order, `ASC` unless the second argument says `DESC`.',
    [whole('values', ORDERED), single('order', STRING)],
    'as-first',
    {
      required: 1,
    },
  ),
  define(
    'mv_zip',
    'The values of both in pairs, joined by a text, a comma unless given; the longer’s rest as it is.',
    [whole('first', STRING), whole('second', STRING), single('delimiter', STRING)],
    'string',
    { required: 2 },
  ),
  define(
    'mv_median',
    'Median of the values; of whole numbers the lower whole where two are in the middle.',
    [whole('values', NUMBER)],
    'as-first',
  ),
  define(
    'mv_percentile',
    'The value below which so many percent lie, between two values in proportion; of whole numbers without its fraction.',
    [whole('values', NUMBER), single('percentage', NUMBER)],
    'as-first',
  ),
  define(
    'mv_contains',
    'Whether the first has all values of the second; true where that has none.',
    [whole('values', null), whole('sought', null)],
    'boolean',
  ),
  define('mv_union', 'Each value of either once.', [whole('first', null), whole('second', null)], 'as-all'),
  define(
    'mv_intersection',
    'Each value of both once; null where there is none.',
    [whole('first', null), whole('second', null)],
    'as-all',
  ),
  define(
    'mv_difference',
    'Each value of the first that is none of the second.',
    [whole('first', null), whole('second', null)],
    'as-all',
  ),
];
