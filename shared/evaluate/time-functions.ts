import { longOf } from '#shared/base/long.ts';
import { DAY, HOUR, type Instant, MINUTE, type Milliseconds, SECOND } from '#shared/base/time.ts';
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

export const TIME_FUNCTIONS: Readonly<Record<string, Implementation>> = {
  date_trunc: strict(([length, time], call) => bucketStart(Number(time), Number(length), call)),
  date_bucket: strict(([time, length], call) => bucketStart(Number(time), Number(length), call)),
  date_diff: strict(([unit, from, to], call) => {
    const difference = DIFFERENCES.get(String(unit).toLowerCase());
    if (!difference) return call.failed('unreadable');
    return longOf(difference(Number(from), Number(to))) ?? call.failed('overflow');
  }),
};
