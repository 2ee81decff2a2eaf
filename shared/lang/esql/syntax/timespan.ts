import { DAY, HOUR, MINUTE, type Milliseconds, SECOND } from '#shared/base/time.ts';

const units = (length: Milliseconds, ...names: readonly string[]): readonly (readonly [string, Milliseconds])[] =>
  names.map((name) => [name, length]);

const LENGTHS: ReadonlyMap<string, Milliseconds> = new Map([
  ...units(1, 'ms', 'millisecond', 'milliseconds'),
  ...units(SECOND, 's', 'sec', 'second', 'seconds'),
  ...units(MINUTE, 'm', 'min', 'minute', 'minutes'),
  ...units(HOUR, 'h', 'hour', 'hours'),
  ...units(DAY, 'd', 'day', 'days'),
  ...units(7 * DAY, 'w', 'week', 'weeks'),
]);

/** Units of the calendar, in months: how long they are depends on where they begin. */
const MONTHS: ReadonlyMap<string, number> = new Map([
  ...units(1, 'mo', 'month', 'months'),
  ...units(3, 'q', 'quarter', 'quarters'),
  ...units(12, 'y', 'yr', 'year', 'years'),
]);

/** Length of a timespan's unit; null for a word that is none. */
export function unitLength(unit: string): { readonly milliseconds: Milliseconds } | { readonly months: number } | null {
  const name = unit.toLowerCase();
  const [milliseconds, months] = [LENGTHS.get(name), MONTHS.get(name)];
  return milliseconds !== undefined ? { milliseconds } : months !== undefined ? { months } : null;
}

export const UNIT_NAMES: readonly string[] = [...LENGTHS.keys(), ...MONTHS.keys()];

/** The names by which `date_diff` knows a unit, and the plan's own name for it. */
const DIFFERENCE_UNITS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    millisecond: ['millisecond', 'milliseconds', 'ms'],
    second: ['second', 'seconds', 'ss', 's'],
    minute: ['minute', 'minutes', 'mi', 'n'],
    hour: ['hour', 'hours', 'hh'],
    day: ['day', 'days', 'dd', 'd', 'dayofyear', 'dy', 'y', 'weekday', 'dw'],
    week: ['week', 'weeks', 'wk', 'ww'],
    month: ['month', 'months', 'mm', 'm'],
    quarter: ['quarter', 'quarters', 'qq', 'q'],
    year: ['year', 'years', 'yyyy', 'yy'],
    microsecond: ['microsecond', 'microseconds', 'mcs'],
    nanosecond: ['nanosecond', 'nanoseconds', 'ns'],
  }).flatMap(([unit, names]) => names.map((name): [string, string] => [name, unit])),
);

/** The plan's name (`nanosecond` to `year`) for a unit of `date_diff`; null for others. */
export const differenceUnit = (name: string): string | null => DIFFERENCE_UNITS.get(name.toLowerCase()) ?? null;
