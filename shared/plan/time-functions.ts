import { define, type FunctionSignature, LONG, STRING, single } from './function-signature.ts';

/** Parts of a time that `date_extract` takes, by the names of Java's `ChronoField` in lower case. */
export const DATE_PARTS: ReadonlySet<string> = new Set([
  ...['year', 'month_of_year', 'day_of_month', 'day_of_week', 'day_of_year', 'hour_of_day', 'minute_of_hour'],
  ...['second_of_minute', 'milli_of_second', 'minute_of_day', 'second_of_day', 'epoch_day'],
]);

export const TIMES: readonly FunctionSignature[] = [
  define(
    'date_trunc',
    'Start of the bucket of this length, counted from the epoch, that the time falls in.',
    [single('length', ['span']), single('time', ['datetime'])],
    'datetime',
    { fails: 'overflow' },
  ),
  define(
    'date_bucket',
    'As date_trunc: what both languages are lowered to.',
    [single('time', ['datetime']), single('length', ['span'])],
    'datetime',
    { fails: 'overflow' },
  ),
  define(
    'date_diff',
    'Whole units (constant: `millisecond`, `second`, `minute`, `hour`, `day`, `week`, `month`, `quarter`, `year`) from the first time to the second.',
    [single('unit', STRING), single('from', ['datetime']), single('to', ['datetime'])],
    'long',
    { fails: 'overflow' },
  ),
  define(
    'date_bucket_months',
    'Start of the bucket of so many months of the calendar, counted from the year 0.',
    [single('time', ['datetime']), single('months', LONG)],
    'datetime',
    { fails: 'overflow' },
  ),
  define(
    'add_months',
    'The same day and time so many months later, or the last day of that month.',
    [single('time', ['datetime']), single('months', LONG)],
    'datetime',
    { fails: 'overflow' },
  ),
  define(
    'date_extract',
    'A part of the time, by the name that Java has for it, such as `year`, `month_of_year`, `day_of_week` (1 is Monday) or `hour_of_day`.',
    [single('part', STRING), single('time', ['datetime'])],
    'long',
    { fails: 'unreadable' },
  ),
  define(
    'date_text',
    'A part of the time as text, as Java’s pattern letters have it: what date_format is lowered to.',
    [single('letters', STRING), single('time', ['datetime'])],
    'string',
    { fails: 'unreadable' },
  ),
];
