import { longOf } from '#shared/base/long.ts';
import { DAY, HOUR, type Instant, isInstant, MINUTE, type Milliseconds, SECOND } from '#shared/base/time.ts';
import type { Value } from '#shared/plan/value.ts';
import { type Call, type Implementation, strict } from './implementation.ts';

/** Start of the bucket, counted from the epoch; a length that is not positive has no buckets. */
const bucketStart = (time: Instant, length: Milliseconds, call: Call): Value =>
  length > 0 ? Math.floor(time / length) * length + 0 : call.failed('overflow');

type Difference = (from: Instant, to: Instant) => bigint;

/** Whole units of a fixed length; `perUnit` nanoseconds, to go below a millisecond too. */
const fixed =
  (nanoseconds: bigint): Difference =>
  (from, to) =>
    ((BigInt(to) - BigInt(from)) * 1_000_000n) / nanoseconds;

const ofLength = (length: Milliseconds): Difference => fixed(BigInt(length) * 1_000_000n);

/** Whole months of the calendar: a month is over on the same day and time of the next, or not at all. */
const ofMonths =
  (months: bigint): Difference =>
  (from, to) =>
    BigInt(wholeMonths(from, to)) / months;

function wholeMonths(from: Instant, to: Instant): number {
  if (to < from) return -wholeMonthsBack(from, to) + 0;
  const difference = monthOf(to) - monthOf(from);
  return withinMonth(to) < withinMonth(from) ? difference - 1 : difference;
}

function wholeMonthsBack(from: Instant, to: Instant): number {
  const difference = monthOf(from) - monthOf(to);
  return withinMonth(to) > withinMonth(from) ? difference - 1 : difference;
}

function monthOf(instant: Instant): number {
  const date = new Date(instant);
  return date.getUTCFullYear() * 12 + date.getUTCMonth();
}

/** Day and time of day as one number to compare. */
const withinMonth = (instant: Instant): number =>
  new Date(instant).getUTCDate() * DAY + (((instant % DAY) + DAY) % DAY);

/** Units by their names and short forms (elastic/elasticsearch `docs/reference/`, ES|QL `DATE_DIFF`). */
const UNITS: readonly (readonly [names: string, difference: Difference])[] = [
  ['year years yy yyyy', ofMonths(12n)],
  ['quarter quarters qq q', ofMonths(3n)],
  ['month months mm m', ofMonths(1n)],
  ['week weeks wk ww', ofLength(7 * DAY)],
  ['day days dd d dayofyear dy y weekday weekdays dw', ofLength(DAY)],
  ['hour hours hh', ofLength(HOUR)],
  ['minute minutes mi n', ofLength(MINUTE)],
  ['second seconds ss s', ofLength(SECOND)],
  ['millisecond milliseconds ms', ofLength(1)],
  ['microsecond microseconds mcs', fixed(1000n)],
  ['nanosecond nanoseconds ns', fixed(1n)],
];

const DIFFERENCES: ReadonlyMap<string, Difference> = new Map(
  UNITS.flatMap(([names, difference]) => names.split(' ').map((name) => [name, difference] as const)),
);

const bucketOfMonths = (time: Instant, months: number, call: Call): Value =>
  months > 0 ? firstOfMonth(Math.floor(monthOf(time) / months) * months) : call.failed('overflow');

/** The first instant of a month, counted from the year 0. */
const firstOfMonth = (month: number): Instant => {
  const date = new Date(0);
  date.setUTCFullYear(Math.floor(month / 12), ((month % 12) + 12) % 12, 1);
  return date.getTime();
};

function addMonths(time: Instant, months: number, call: Call): Value {
  const month = monthOf(time) + months;
  const [first, next] = [firstOfMonth(month), firstOfMonth(month + 1)];
  if (!isInstant(first) || !isInstant(next)) return call.failed('overflow');
  const day = Math.min(new Date(time).getUTCDate(), Math.round((next - first) / DAY));
  return first + (day - 1) * DAY + (((time % DAY) + DAY) % DAY);
}

/** Parts of a time by the name of Java's `ChronoField` (elastic/elasticsearch `docs/reference/`, ES|QL `DATE_EXTRACT`). */
const PARTS: Readonly<Record<string, (date: Date) => number>> = {
  year: (date) => date.getUTCFullYear(),
  month_of_year: (date) => date.getUTCMonth() + 1,
  day_of_month: (date) => date.getUTCDate(),
  day_of_week: (date) => ((date.getUTCDay() + 6) % 7) + 1,
  day_of_year: (date) => Math.floor((date.getTime() - firstOfMonth(date.getUTCFullYear() * 12)) / DAY) + 1,
  hour_of_day: (date) => date.getUTCHours(),
  minute_of_hour: (date) => date.getUTCMinutes(),
  second_of_minute: (date) => date.getUTCSeconds(),
  milli_of_second: (date) => date.getUTCMilliseconds(),
  minute_of_day: (date) => date.getUTCHours() * 60 + date.getUTCMinutes(),
  second_of_day: (date) => (date.getUTCHours() * 60 + date.getUTCMinutes()) * 60 + date.getUTCSeconds(),
  epoch_day: (date) => Math.floor(date.getTime() / DAY),
};

const DAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
const MONTHS = [
  ...['January', 'February', 'March', 'April', 'May', 'June', 'July'],
  ...['August', 'September', 'October', 'November', 'December'],
];

const padded = (number: number, width: number): string => String(number).padStart(width, '0');

/** Parts of a time as Java's `DateTimeFormatter` writes them, by its pattern letters. */
const TEXTS: Readonly<Record<string, (date: Date) => string>> = {
  yyyy: (date) => padded(date.getUTCFullYear(), 4),
  yy: (date) => padded(date.getUTCFullYear() % 100, 2),
  MM: (date) => padded(date.getUTCMonth() + 1, 2),
  M: (date) => String(date.getUTCMonth() + 1),
  MMM: (date) => (MONTHS[date.getUTCMonth()] ?? '').slice(0, 3),
  MMMM: (date) => MONTHS[date.getUTCMonth()] ?? '',
  dd: (date) => padded(date.getUTCDate(), 2),
  d: (date) => String(date.getUTCDate()),
  EEE: (date) => (DAYS[date.getUTCDay()] ?? '').slice(0, 3),
  EEEE: (date) => DAYS[date.getUTCDay()] ?? '',
  HH: (date) => padded(date.getUTCHours(), 2),
  H: (date) => String(date.getUTCHours()),
  mm: (date) => padded(date.getUTCMinutes(), 2),
  ss: (date) => padded(date.getUTCSeconds(), 2),
  SSS: (date) => padded(date.getUTCMilliseconds(), 3),
};

/** Of the years that four digits write. */
const isWritable = (time: Instant): boolean => time >= -62_167_219_200_000 && time < 253_402_300_800_000;

export const TIME_FUNCTIONS: Readonly<Record<string, Implementation>> = {
  date_trunc: strict(([length, time], call) => bucketStart(Number(time), Number(length), call)),
  date_bucket: strict(([time, length], call) => bucketStart(Number(time), Number(length), call)),
  date_bucket_months: strict(([time, months], call) => bucketOfMonths(Number(time), Number(months), call)),
  add_months: strict(([time, months], call) => addMonths(Number(time), Number(months), call)),
  date_extract: strict(([part, time], call) => {
    const extracted = PARTS[String(part).toLowerCase()]?.(new Date(Number(time)));
    return extracted ?? call.failed('unreadable');
  }),
  date_text: strict(([letters, time], call) => {
    const text = isWritable(Number(time)) ? TEXTS[String(letters)]?.(new Date(Number(time))) : undefined;
    return text ?? call.failed('unreadable');
  }),
  date_diff: strict(([unit, from, to], call) => {
    const difference = DIFFERENCES.get(String(unit).toLowerCase());
    if (!difference) return call.failed('overflow');
    return longOf(difference(Number(from), Number(to))) ?? call.failed('overflow');
  }),
};
