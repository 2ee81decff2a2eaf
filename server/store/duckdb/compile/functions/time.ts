import { DAY, HOUR, MINUTE, type Milliseconds, SECOND } from '#shared/base/time.ts';
import { bind, bindLong } from '../../sql/bind.ts';
import { textLiteral } from '../../sql/literal.ts';
import { instantFrom } from '../arithmetic.ts';
import { type Implementation, ofSingles } from './implementation.ts';

/** Buckets of any greater length are those of this one: one from the epoch on, and one that starts before all time. */
const LONGEST_BUCKET = 2n ** 60n;

/** Start of the bucket, counted from the epoch also before it; NULL for a length that is not positive. */
function bucketStart(time: string, length: string): string {
  const step = `(CASE WHEN ${length} > 0 THEN least(${length}, ${LONGEST_BUCKET}) END)`;
  return bindLong('moment', `epoch_ms(${time})`, (moment) => {
    const past = `(${moment} % ${step})`;
    return instantFrom(`(${moment} - ${past} - CASE WHEN ${past} < 0 THEN ${step} ELSE 0 END)`);
  });
}

/** Whole units between two columns of epoch milliseconds, as a HUGEINT. */
type Difference = (from: string, to: string) => string;

const elapsed = (from: string, to: string): string => `(epoch_ms(${to})::HUGEINT - epoch_ms(${from}))`;

const ofLength =
  (length: Milliseconds): Difference =>
  (from, to) =>
    `${elapsed(from, to)} // ${length}`;

const ofFraction =
  (perMillisecond: number): Difference =>
  (from, to) =>
    `${elapsed(from, to)} * ${perMillisecond}`;

/** A month is over on the same day and time of the next, or not at all: what `datesub` counts for days up to the 28th. */
const ofMonths =
  (months: number): Difference =>
  (from, to) =>
    `whole_months(${from}, ${to}) // ${months}`;

/** Units by their names and short forms (elastic/elasticsearch `docs/reference/`, ES|QL `DATE_DIFF`). */
const UNITS: readonly (readonly [names: string, difference: Difference])[] = [
  ['year years yy yyyy', ofMonths(12)],
  ['quarter quarters qq q', ofMonths(3)],
  ['month months mm m', ofMonths(1)],
  ['week weeks wk ww', ofLength(7 * DAY)],
  ['day days dd d dayofyear dy y weekday weekdays dw', ofLength(DAY)],
  ['hour hours hh', ofLength(HOUR)],
  ['minute minutes mi n', ofLength(MINUTE)],
  ['second seconds ss s', ofLength(SECOND)],
  ['millisecond milliseconds ms', ofLength(1)],
  ['microsecond microseconds mcs', ofFraction(1_000)],
  ['nanosecond nanoseconds ns', ofFraction(1_000_000)],
];

function difference([unit = '', from = '', to = '']: readonly string[]): string {
  const constant = constantText(unit)?.toLowerCase();
  const known = UNITS.find(([names]) => constant !== undefined && names.split(' ').includes(constant));
  return bindLong('since', from, (start) =>
    bindLong('until', to, (end) => `TRY_CAST(${known ? known[1](start, end) : byUnit(unit, start, end)} AS BIGINT)`),
  );
}

function byUnit(unit: string, from: string, to: string): string {
  const branches = UNITS.map(([names, between]) => {
    const known = names.split(' ').map(textLiteral).join(', ');
    return `WHEN lower(${unit}) IN (${known}) THEN ${between(from, to)}`;
  });
  return `CASE ${branches.join(' ')} END`;
}

const monthStart = (month: string): string =>
  `make_timestamp((CASE WHEN ${month} BETWEEN -3000000 AND 3000000 THEN ${month} // 12 - (${month} % 12 < 0)::INTEGER END)::BIGINT, ((${month} % 12 + 12) % 12 + 1)::BIGINT, 1, 0, 0, 0)`;

/** Start of the bucket of so many months, counted from the year 0. */
const bucketOfMonths = ([time = '', months = '']: readonly string[]): string => {
  const step = `(CASE WHEN ${months} > 0 THEN ${months} END)::HUGEINT`;
  return bind(
    'month',
    `month_number(${time})::HUGEINT - 1`,
    bind('start', `month - (month % ${step} + ${step}) % ${step}`, monthStart('start')),
  );
};

/** The engine keeps the day, or takes the last of the month. */
const addMonths = ([time = '', months = '']: readonly string[]): string =>
  bindLong(
    'time',
    time,
    (one) => `(CASE WHEN abs((${months})::HUGEINT) <= 12000 AND year(${one}) BETWEEN -200000 AND 200000 THEN ${one} END
    + to_months((CASE WHEN abs((${months})::HUGEINT) <= 12000 THEN ${months} END)::INTEGER))`,
  );

const PARTS: Readonly<Record<string, (time: string) => string>> = {
  year: (time) => `year(${time})`,
  month_of_year: (time) => `month(${time})`,
  day_of_month: (time) => `day(${time})`,
  day_of_week: (time) => `isodow(${time})`,
  day_of_year: (time) => `dayofyear(${time})`,
  hour_of_day: (time) => `hour(${time})`,
  minute_of_hour: (time) => `minute(${time})`,
  second_of_minute: (time) => `second(${time})`,
  milli_of_second: (time) => `millisecond(${time}) % 1000`,
  minute_of_day: (time) => `hour(${time}) * 60 + minute(${time})`,
  second_of_day: (time) => `(hour(${time}) * 60 + minute(${time})) * 60 + second(${time})`,
  epoch_day: (time) => `datediff('day', '1970-01-01'::TIMESTAMP, ${time})`,
};

const TEXTS: Readonly<Record<string, (time: string) => string>> = {
  yyyy: (time) => `lpad(year(${time})::VARCHAR, 4, '0')`,
  yy: (time) => `lpad((year(${time}) % 100)::VARCHAR, 2, '0')`,
  MM: (time) => `lpad(month(${time})::VARCHAR, 2, '0')`,
  M: (time) => `month(${time})::VARCHAR`,
  MMM: (time) => `left(monthname(${time}), 3)`,
  MMMM: (time) => `monthname(${time})`,
  dd: (time) => `lpad(day(${time})::VARCHAR, 2, '0')`,
  d: (time) => `day(${time})::VARCHAR`,
  EEE: (time) => `left(dayname(${time}), 3)`,
  EEEE: (time) => `dayname(${time})`,
  HH: (time) => `lpad(hour(${time})::VARCHAR, 2, '0')`,
  H: (time) => `hour(${time})::VARCHAR`,
  mm: (time) => `lpad(minute(${time})::VARCHAR, 2, '0')`,
  ss: (time) => `lpad(second(${time})::VARCHAR, 2, '0')`,
  SSS: (time) => `lpad((millisecond(${time}) % 1000)::VARCHAR, 3, '0')`,
};

type OfTime = (time: string) => string;

/** The part that a name stands for: only its own SQL where the name is a constant, as it nearly always is. */
function oneOfParts(name: string, constant: string | null, parts: Readonly<Record<string, OfTime>>, time: string) {
  const known = constant !== null && Object.hasOwn(parts, constant) ? parts[constant] : undefined;
  return bindLong('time', time, known ?? ((one) => byName(name, parts, one)));
}

const byName = (name: string, parts: Readonly<Record<string, OfTime>>, time: string): string =>
  `CASE ${name} ${Object.entries(parts)
    .map(([key, part]) => `WHEN ${textLiteral(key)} THEN ${part(time)}`)
    .join(' ')} END`;

/** What a text literal without an apostrophe holds; null of other SQL. */
const constantText = (sql: string): string | null => /^'([^']*)'$/.exec(sql)?.[1] ?? null;

/** A time of a year that has four digits. */
const inFourDigits = (time: string): string =>
  bindLong('time', time, (one) => `(CASE WHEN year(${one}) BETWEEN 0 AND 9999 THEN ${one} END)`);

export const TIME_FUNCTIONS: Readonly<Record<string, Implementation>> = {
  date_trunc: ofSingles(([length = '', time = '']) => bucketStart(time, length)),
  date_bucket: ofSingles(([time = '', length = '']) => bucketStart(time, length)),
  date_bucket_months: ofSingles(bucketOfMonths),
  add_months: ofSingles(addMonths),
  date_extract: ofSingles(([part = '', time = '']) =>
    oneOfParts(`lower(${part})`, constantText(part)?.toLowerCase() ?? null, PARTS, time),
  ),
  date_text: ofSingles(([letters = '', time = '']) =>
    oneOfParts(letters, constantText(letters), TEXTS, inFourDigits(time)),
  ),
  date_diff: ofSingles(difference),
};
