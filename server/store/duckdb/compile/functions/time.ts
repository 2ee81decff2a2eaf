import { DAY, HOUR, MINUTE, type Milliseconds, SECOND } from '#shared/base/time.ts';
import { textLiteral } from '../../sql/literal.ts';
import { instantFrom } from '../arithmetic.ts';
import { type Implementation, ofSingles } from './implementation.ts';

/** Start of the bucket, counted from the epoch also before it; NULL for a length that is not positive. */
function bucketStart(time: string, length: string): string {
  const at = `epoch_ms(${time})`;
  const step = `(CASE WHEN ${length} > 0 THEN ${length} END)`;
  return instantFrom(`(${at}::HUGEINT - ((${at} % ${step}) + ${step}) % ${step})`);
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
  const branches = UNITS.map(([names, between]) => {
    const known = names.split(' ').map(textLiteral).join(', ');
    return `WHEN lower(${unit}) IN (${known}) THEN ${between(from, to)}`;
  });
  return `TRY_CAST(CASE ${branches.join(' ')} END AS BIGINT)`;
}

export const TIME_FUNCTIONS: Readonly<Record<string, Implementation>> = {
  date_trunc: ofSingles(([length = '', time = '']) => bucketStart(time, length)),
  date_bucket: ofSingles(([time = '', length = '']) => bucketStart(time, length)),
  date_diff: ofSingles(difference),
};
